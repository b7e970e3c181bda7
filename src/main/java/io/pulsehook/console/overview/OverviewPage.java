package io.pulsehook.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.events.EventRows;
import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.TimeRange;
import io.pulsehook.console.format.Times;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.DeadCount;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.figures.Backlog;
import io.pulsehook.inbox.figures.Backlog.Unfinished;
import io.pulsehook.inbox.figures.Charts;
import io.pulsehook.inbox.figures.Charts.Count;
import io.pulsehook.inbox.history.HandlerHistory;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.IntakeResult;

/**
 * Shows at a glance what arrived, what waits, and what was paid.
 */
@ConsoleController
public class OverviewPage {

	private static final int NEWEST = 6;

	private final Charts charts;

	private final Backlog backlog;

	private final DeadCount deadLetters;

	private final HandlerHistory history;

	private final Subscribers subscribers;

	private final EventRows rows;

	private final Payments payments;

	private final Pages pages;

	OverviewPage(Charts charts, Backlog backlog, DeadCount deadLetters, HandlerHistory history, Subscribers subscribers,
			EventRows rows, Payments payments, Pages pages) {
		this.charts = charts;
		this.backlog = backlog;
		this.deadLetters = deadLetters;
		this.history = history;
		this.subscribers = subscribers;
		this.rows = rows;
		this.payments = payments;
		this.pages = pages;
	}

	@GetMapping({ "", "/" })
	ModelAndView show(@RequestParam(name = "range", defaultValue = "hour") String rangeName,
			@RequestParam(defaultValue = "type") String by) {
		TimeRange range = TimeRange.of(rangeName);
		boolean byService = by.equals("service");
		Instant now = this.pages.now();
		List<Count> counts = this.charts.counts(range.width(), range.steps());
		List<Count> accepted = counts.stream()
			.filter((count) -> count.result() == IntakeResult.ACCEPTED && count.kind() != EventKind.ALERT)
			.toList();
		Map<String, Object> model = new HashMap<>();
		model.put("range", range);
		model.put("ranges", TimeRange.values());
		model.put("by", byService ? "service" : "type");
		model.put("chart", ArrivalChart.of(accepted, range, now,
				(count) -> byService ? Labels.service(count.type(), count.service()) : Labels.type(count.type())));
		model.put("events", sum(accepted));
		model.put("duplicates",
				sum(counts.stream().filter((count) -> count.result() == IntakeResult.DUPLICATE).toList()));
		model.put("rate", rate(sum(accepted), range));
		model.put("handled", Handled.of(this.history.of(range.window()), now));
		model.put("halted", Halted.of(this.subscribers, now));
		model.put("backlog", Waiting.of(this.backlog.unfinished(), now));
		model.put("dead", this.deadLetters.letters());
		model.put("payments", this.payments.of(range.width(), range.steps()));
		model.put("unhandled", unhandled(accepted));
		model.put("newest", this.rows.newest(NEWEST));
		return this.pages.show("overview", model);
	}

	private static long sum(List<Count> counts) {
		return counts.stream().mapToLong(Count::events).sum();
	}

	private static String rate(long events, TimeRange range) {
		double perMinute = (double) events / range.length().toMinutes();
		return (perMinute >= 10) ? String.valueOf(Math.round(perMinute))
				: String.valueOf(Math.round(perMinute * 10) / 10.0);
	}

	// Finds the types that arrived although no handler takes them.
	private List<Unhandled> unhandled(List<Count> counts) {
		Set<String> handled = new HashSet<>();
		this.subscribers.all().forEach((handler) -> handled.addAll(handler.types()));
		List<Unhandled> unhandled = new ArrayList<>();
		for (String type : ArrivalChart.types(counts)) {
			if (!handled.contains(type)) {
				long events = sum(counts.stream().filter((count) -> count.type().equals(type)).toList());
				unhandled.add(Unhandled.of(type, events));
			}
		}
		return unhandled;
	}

	/**
	 * The deliveries that are not finished.
	 *
	 * @param deliveries how many there are
	 * @param retrying how many of these have failed before
	 * @param age how old the oldest is, or {@code null}
	 */
	record Waiting(long deliveries, long retrying, @Nullable String age) {

		private static Waiting of(List<Unfinished> backlog, Instant now) {
			long retrying = backlog.stream().mapToLong(Unfinished::retrying).sum();
			long waiting = backlog.stream().mapToLong(Unfinished::waiting).sum();
			String age = backlog.stream()
				.map(Unfinished::oldest)
				.filter(Objects::nonNull)
				.min(Instant::compareTo)
				.map((oldest) -> Times.span(Duration.between(oldest, now)))
				.orElse(null);
			return new Waiting(waiting + retrying, retrying, age);
		}

	}

	/**
	 * A type of events that arrived although no handler takes it.
	 *
	 * @param type the simple name of the record
	 * @param label its name on the page
	 * @param events how many arrived
	 * @param handler the source of a handler that would take it, to be copied
	 */
	record Unhandled(String type, String label, long events, String handler) {

		private static Unhandled of(String type, long events) {
			String handler = """
					@Bean
					EventHandler<%1$s> my%1$sHandler() {
					    return (event, delivery) -> System.out.println(delivery.id());
					}""".formatted(type);
			return new Unhandled(type, Labels.type(type), events, handler);
		}

	}

}
