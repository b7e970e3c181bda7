package io.pulsehook.console.handlers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

import io.pulsehook.console.deadletters.Cause;
import io.pulsehook.console.deadletters.DeadLetterGroups;
import io.pulsehook.console.format.TimeRange;
import io.pulsehook.console.format.Times;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.inbox.figures.Backlog;
import io.pulsehook.inbox.figures.Backlog.Unfinished;
import io.pulsehook.inbox.history.HandlerHistory;
import io.pulsehook.inbox.history.HandlerRecord;
import io.pulsehook.inbox.history.History;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.threads.BackgroundValue.Known;

/**
 * Shows one handler: what it does now, how its deliveries went, which took longest, why
 * others failed, and how it is set. It also pauses and resumes it.
 */
@ConsoleController
@RequestMapping("/handlers/{id}")
public class HandlerPage {

	private static final int LONGEST_WAITS = 5;

	private final HandlerTable table;

	private final Backlog backlog;

	private final HandlerHistory history;

	private final DeadLetterGroups deadLetters;

	private final HandlerFacts facts;

	private final HandlerFindings findings;

	private final Dispatcher dispatcher;

	private final DeliveryStates states;

	private final Pages pages;

	HandlerPage(HandlerTable table, Backlog backlog, HandlerHistory history, DeadLetterGroups deadLetters,
			HandlerFacts facts, HandlerFindings findings, Dispatcher dispatcher, DeliveryStates states, Pages pages) {
		this.table = table;
		this.backlog = backlog;
		this.history = history;
		this.deadLetters = deadLetters;
		this.facts = facts;
		this.findings = findings;
		this.dispatcher = dispatcher;
		this.states = states;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@PathVariable String id, @RequestParam(name = "range", defaultValue = "hour") String rangeName) {
		HandlerTable.Row row = this.table.rows()
			.stream()
			.filter((each) -> each.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new NotFoundException("handler", id));
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("handler", this.facts.of(row));
		model.put("rest", RestRow.of(id, row.state(), now));
		Map<String, List<Cause>> causes = this.deadLetters.causes();
		List<Cause> own = (causes != null) ? causes.getOrDefault(id, List.of()) : List.of();
		model.put("present", present(row, now));
		model.put("dead", (causes != null) ? Long.valueOf(own.stream().mapToLong(Cause::letters).sum()) : null);
		addHistory(model, id, TimeRange.of(rangeName), own, now);
		model.put("replays", this.findings.replays(id, now));
		return this.pages.show("handler", model);
	}

	private Present present(HandlerTable.Row row, Instant now) {
		Optional<Instant> oldest = this.backlog.unfinished()
			.stream()
			.filter((each) -> each.handler().equals(row.id()))
			.findFirst()
			.map(Unfinished::oldest);
		return new Present(row.count(DeliveryStatus.RUNNING), row.count(DeliveryStatus.HUNG),
				row.count(DeliveryStatus.PENDING) + row.count(DeliveryStatus.ORPHANED),
				oldest.map((time) -> Times.span(Duration.between(time, now))).orElse(null),
				row.count(DeliveryStatus.RETRYING));
	}

	private void addHistory(Map<String, Object> model, String id, TimeRange range, List<Cause> causes, Instant now) {
		Known<History> known = this.history.of(range.window());
		HandlerRecord record = (known != null) ? known.value().of(id) : HandlerRecord.NONE;
		HandlerCharts charts = HandlerCharts.of(record, range, (known != null) ? known.value().start() : null, now);
		model.put("range", range);
		model.put("ranges", TimeRange.values());
		model.put("asOf", (known != null) ? Time.of(known.at(), now) : null);
		model.put("record", new RecordRow(id, record));
		model.put("chart", charts);
		model.put("slowest", this.findings.slow(record.slowest()));
		model.put("waited", this.findings.slow(record.longestWaits().stream().limit(LONGEST_WAITS).toList()));
		model.put("errors", HandlerFindings.errors(causes, record.failures(), now));
	}

	@PostMapping("/pause")
	ModelAndView pause(@PathVariable String id) {
		this.dispatcher.pause(known(id));
		return goTo(id);
	}

	@PostMapping("/resume")
	ModelAndView resume(@PathVariable String id) {
		this.dispatcher.resume(known(id));
		return goTo(id);
	}

	private String known(String id) {
		if (!this.states.isAlive(id)) {
			throw new NotFoundException("handler", id);
		}
		return id;
	}

	private ModelAndView goTo(String id) {
		return this.pages.goTo("/handlers/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8));
	}

	/**
	 * What the handler has to do now.
	 *
	 * @param running how many of its deliveries run
	 * @param hung how many did not react to the interruption after their timeout
	 * @param waiting how many wait for their first attempt, or for a handler to exist
	 * @param age how long the oldest unfinished one has waited, or {@code null}
	 * @param retrying how many wait for another attempt
	 */
	record Present(long running, long hung, long waiting, @Nullable String age, long retrying) {

	}

}
