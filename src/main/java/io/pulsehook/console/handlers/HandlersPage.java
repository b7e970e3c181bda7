package io.pulsehook.console.handlers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Times;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.destination.Destinations;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.SettingOrigin;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.query.Backlog;
import io.pulsehook.inbox.query.Backlog.Unfinished;
import io.pulsehook.inbox.query.HandlerScores;
import io.pulsehook.inbox.query.HandlerScores.Score;

/**
 * Shows the handlers and how each is doing, and pauses and resumes them.
 */
@ConsoleController
@RequestMapping("/handlers")
public class HandlersPage {

	private final Backlog backlog;

	private final HandlerScores scores;

	private final HandlerTable table;

	private final Dispatcher dispatcher;

	private final DeliveryStates states;

	private final Destinations destinations;

	private final Pages pages;

	HandlersPage(Backlog backlog, HandlerScores scores, HandlerTable table, Dispatcher dispatcher,
			DeliveryStates states, Destinations destinations, Pages pages) {
		this.backlog = backlog;
		this.scores = scores;
		this.table = table;
		this.dispatcher = dispatcher;
		this.states = states;
		this.destinations = destinations;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show() {
		List<HandlerTable.Row> table = this.table.rows();
		Map<String, Unfinished> unfinished = byId(this.backlog.unfinished(), Unfinished::handler);
		Map<String, Score> scores = byId(this.scores.list(), Score::handler);
		Map<String, Object> model = new HashMap<>();
		model.put("handlers",
				table.stream()
					.filter((row) -> !row.isOrphan())
					.map((row) -> row(row, unfinished.get(row.id()), scores.get(row.id())))
					.toList());
		model.put("orphans", table.stream().filter(HandlerTable.Row::isOrphan).map(OrphanRow::of).toList());
		return this.pages.show("handlers", model);
	}

	private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
		return all.stream().collect(Collectors.toMap(id, Function.identity()));
	}

	private HandlerRow row(HandlerTable.Row row, @Nullable Unfinished unfinished, @Nullable Score score) {
		String takes = (row.type() != null) ? Labels.type(row.type()) : "in another replica";
		return new HandlerRow(row.id(), DestinationRow.of(this.destinations.named(row.id())), takes,
				row.types().stream().map(Labels::type).sorted().toList(), this.states.filter(row.id()),
				row.state().paused(), RestRow.of(row.id(), row.state(), this.pages.now()),
				row.count(DeliveryStatus.RUNNING), row.count(DeliveryStatus.HUNG), row.count(DeliveryStatus.PENDING),
				row.count(DeliveryStatus.RETRYING), age((unfinished != null) ? unfinished.oldest() : null),
				row.count(DeliveryStatus.DEAD), ScoreRow.of(score),
				(row.settings() != null) ? settings(row.id(), row.settings()) : List.of());
	}

	private @Nullable String age(@Nullable Instant oldest) {
		return (oldest != null) ? Times.span(Duration.between(oldest, this.pages.now())) : null;
	}

	private List<Setting> settings(String handler, HandlerSettings settings) {
		Map<String, SettingOrigin> origins = this.table.origins(handler);
		List<Setting> all = new ArrayList<>(Setting.of(settings, origins));
		if (this.states.bursts(handler) != null) {
			all.addAll(Setting.ofBursts(settings, origins));
		}
		return all;
	}

	@PostMapping("/{id}/pause")
	ModelAndView pause(@PathVariable String id) {
		this.dispatcher.pause(known(id));
		return this.pages.goTo("/handlers");
	}

	@PostMapping("/{id}/resume")
	ModelAndView resume(@PathVariable String id) {
		this.dispatcher.resume(known(id));
		return this.pages.goTo("/handlers");
	}

	private String known(String id) {
		if (!this.states.isAlive(id)) {
			throw new NotFoundException("handler", id);
		}
		return id;
	}

	/**
	 * A handler as the page shows it.
	 *
	 * @param id the bean name, or the name of the destination
	 * @param destination where it passes events on to, or {@code null}
	 * @param takes what it receives
	 * @param types the types of events that this comprises
	 * @param filter which of them it takes, empty for all
	 * @param paused whether it is paused
	 * @param rest the rest that it takes by itself, or {@code null}
	 * @param running how many of its deliveries run
	 * @param hung how many did not react to the interruption after their timeout
	 * @param waiting how many wait for their first attempt
	 * @param retrying how many wait for another attempt
	 * @param age how long the oldest of these has waited, or {@code null}
	 * @param dead how many have been given up
	 * @param score its recent results, or {@code null}
	 * @param settings its settings; none if only other replicas have it
	 */
	record HandlerRow(String id, @Nullable DestinationRow destination, String takes, List<String> types, String filter,
			boolean paused, @Nullable RestRow rest, long running, long hung, long waiting, long retrying,
			@Nullable String age, long dead, @Nullable ScoreRow score, List<Setting> settings) {

	}

	/**
	 * Deliveries for a handler that does not exist.
	 *
	 * @param id the bean name that it had
	 * @param waiting how many wait for it
	 * @param dead how many were given up
	 */
	record OrphanRow(String id, long waiting, long dead) {

		private static OrphanRow of(HandlerTable.Row row) {
			return new OrphanRow(row.id(), row.count(DeliveryStatus.ORPHANED), row.count(DeliveryStatus.DEAD));
		}

	}

}
