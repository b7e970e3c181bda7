package io.pulsehook.console.handlers;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.deadletters.Cause;
import io.pulsehook.console.deadletters.DeadLetterGroups;
import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.TimeRange;
import io.pulsehook.console.format.Times;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.destination.Destinations;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.inbox.figures.Backlog;
import io.pulsehook.inbox.figures.Backlog.Unfinished;
import io.pulsehook.inbox.history.HandlerHistory;
import io.pulsehook.inbox.history.History;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.threads.BackgroundValue.Known;

/**
 * Lists the handlers and how each is doing.
 */
@ConsoleController
@RequestMapping("/handlers")
public class HandlersPage {

	private final Backlog backlog;

	private final HandlerHistory history;

	private final DeadLetterGroups deadLetters;

	private final HandlerTable table;

	private final DeliveryStates states;

	private final Destinations destinations;

	private final Pages pages;

	HandlersPage(Backlog backlog, HandlerHistory history, DeadLetterGroups deadLetters, HandlerTable table,
			DeliveryStates states, Destinations destinations, Pages pages) {
		this.backlog = backlog;
		this.history = history;
		this.deadLetters = deadLetters;
		this.table = table;
		this.states = states;
		this.destinations = destinations;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@RequestParam(name = "range", defaultValue = "hour") String rangeName,
			@RequestParam(name = "sort", defaultValue = "name") String sort) {
		TimeRange range = TimeRange.of(rangeName);
		HandlerOrder order = HandlerOrder.of(sort);
		Known<History> known = this.history.of(range.window());
		List<HandlerTable.Row> table = this.table.rows();
		Map<String, List<Cause>> causes = this.deadLetters.causes();
		Map<String, Unfinished> unfinished = this.backlog.unfinished()
			.stream()
			.collect(Collectors.toMap(Unfinished::handler, Function.identity()));
		Map<String, Object> model = new HashMap<>();
		model.put("range", range);
		model.put("ranges", TimeRange.values());
		model.put("order", order);
		model.put("orders", HandlerOrder.values());
		model.put("asOf", (known != null) ? Time.of(known.at(), this.pages.now()) : null);
		model.put("handlers",
				table.stream()
					.filter((row) -> !row.isOrphan())
					.map((row) -> row(row, unfinished.get(row.id()), dead(causes, row.id()),
							(known != null) ? known.value() : null))
					.sorted(order.comparator())
					.toList());
		model.put("orphans",
				table.stream()
					.filter(HandlerTable.Row::isOrphan)
					.map((row) -> new OrphanRow(row.id(), row.count(DeliveryStatus.ORPHANED), dead(causes, row.id())))
					.toList());
		return this.pages.show("handlers", model);
	}

	private static @Nullable Long dead(@Nullable Map<String, List<Cause>> causes, String handler) {
		if (causes == null) {
			return null;
		}
		return causes.getOrDefault(handler, List.of()).stream().mapToLong(Cause::letters).sum();
	}

	private HandlerRow row(HandlerTable.Row row, @Nullable Unfinished unfinished, @Nullable Long dead,
			@Nullable History history) {
		String takes = (row.type() != null) ? Labels.type(row.type()) : "in another replica";
		return new HandlerRow(row.id(), this.destinations.named(row.id()).isPresent(), takes,
				this.states.filter(row.id()), row.state().paused(), RestRow.of(row.id(), row.state(), this.pages.now()),
				row.count(DeliveryStatus.RUNNING), row.count(DeliveryStatus.HUNG), row.count(DeliveryStatus.PENDING),
				row.count(DeliveryStatus.RETRYING), age((unfinished != null) ? unfinished.oldest() : null), dead,
				(history != null) ? new RecordRow(row.id(), history.of(row.id())) : null);
	}

	private @Nullable String age(@Nullable Instant oldest) {
		return (oldest != null) ? Times.span(Duration.between(oldest, this.pages.now())) : null;
	}

	/**
	 * A handler in the list.
	 *
	 * @param id the bean name, or the name of the destination
	 * @param destination whether it passes events on to another system
	 * @param takes what it receives
	 * @param filter which of them it takes, empty for all
	 * @param paused whether it is paused
	 * @param rest the rest that it takes by itself, or {@code null}
	 * @param running how many of its deliveries run
	 * @param hung how many did not react to the interruption after their timeout
	 * @param waiting how many wait for their first attempt
	 * @param retrying how many wait for another attempt
	 * @param age how long the oldest of these has waited, or {@code null}
	 * @param dead how many have been given up, or {@code null} while they are being
	 * counted
	 * @param record what it did in the period, or {@code null} while that is being read
	 */
	record HandlerRow(String id, boolean destination, String takes, String filter, boolean paused,
			@Nullable RestRow rest, long running, long hung, long waiting, long retrying, @Nullable String age,
			@Nullable Long dead, @Nullable RecordRow record) {

	}

	/**
	 * Deliveries for a handler that does not exist.
	 *
	 * @param id the bean name that it had
	 * @param waiting how many wait for it
	 * @param dead how many were given up, or {@code null} while they are being counted
	 */
	record OrphanRow(String id, long waiting, @Nullable Long dead) {

	}

}
