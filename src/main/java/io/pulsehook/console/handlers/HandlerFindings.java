package io.pulsehook.console.handlers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.events.EventRows;
import io.pulsehook.console.events.EventRows.EventRow;
import io.pulsehook.console.format.Times;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.inbox.history.HandlerRecord.Failure;
import io.pulsehook.inbox.history.HandlerRecord.Slow;
import io.pulsehook.inbox.query.DeadLetters;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Finds what an operator looks into: the events that a handler took long for, and why it
 * failed.
 */
public final class HandlerFindings {

	private final StoredEvents events;

	private final EventRows rows;

	private final DeadLetters deadLetters;

	public HandlerFindings(StoredEvents events, EventRows rows, DeadLetters deadLetters) {
		this.events = events;
		this.rows = rows;
		this.deadLetters = deadLetters;
	}

	/**
	 * Lists deliveries with their events. An event that has been deleted meanwhile is
	 * left out.
	 * @param slow the deliveries
	 * @return the rows in the same order
	 */
	List<SlowRow> slow(List<Slow> slow) {
		List<StoredEvent> stored = slow.stream().map(Slow::event).map(this.events::find).flatMap(Optional::stream).toList();
		Map<Long, EventRow> known = this.rows.of(stored)
			.stream()
			.collect(Collectors.toMap(EventRow::id, Function.identity()));
		return slow.stream()
			.filter((one) -> known.containsKey(one.event()))
			.map((one) -> new SlowRow(known.get(one.event()), Times.span(one.work()), Times.span(one.waited()),
					one.attempts()))
			.toList();
	}

	/**
	 * Lists the causes of failures: first those of dead letters, whenever they died, and
	 * then those of attempts that were or are tried again.
	 * @param handler the handler's id
	 * @param failures its attempts that failed in the period
	 * @param now the time of the page
	 * @return a row for each cause
	 */
	List<ErrorRow> errors(String handler, List<Failure> failures, Instant now) {
		Map<String, Failure> recent = new LinkedHashMap<>();
		failures.forEach((failure) -> recent.put(failure.error(), failure));
		List<ErrorRow> rows = new ArrayList<>();
		for (DeadLetters.Group group : this.deadLetters.groups().groups()) {
			if (group.handler().equals(handler)) {
				Failure failure = recent.remove(group.error());
				rows.add(ErrorRow.of(group, failure, now));
			}
		}
		recent.values().forEach((failure) -> rows.add(ErrorRow.of(failure, now)));
		return rows;
	}

	/**
	 * A delivery that took long.
	 *
	 * @param event the event
	 * @param work how long the attempt took that succeeded
	 * @param waited how long it waited before, or a dash if it is a replay
	 * @param attempts how many attempts there were
	 */
	record SlowRow(EventRow event, String work, String waited, int attempts) {

	}

	/**
	 * A cause of failures.
	 *
	 * @param error what the errors have in common
	 * @param title the name of the exception, or the error if it is a sentence
	 * @param message what the last one said; empty if the title says all
	 * @param attempts how many attempts failed in the period
	 * @param dead how many deliveries are dead letters because of it
	 * @param last when it happened last
	 * @param event the event of the last one
	 */
	record ErrorRow(String error, String title, String message, long attempts, long dead, Time last, long event) {

		private static ErrorRow of(DeadLetters.Group group, @Nullable Failure recent, Instant now) {
			boolean later = recent != null && recent.last().isAfter(group.last());
			Instant last = later ? recent.last() : group.last();
			return of(group.error(), group.example(), (recent != null) ? recent.attempts() : 0, group.deliveries(),
					Time.of(last, now), group.newestEvent());
		}

		private static ErrorRow of(Failure failure, Instant now) {
			return of(failure.error(), failure.example(), failure.attempts(), 0, Time.of(failure.last(), now),
					failure.event());
		}

		private static ErrorRow of(String error, String example, long attempts, long dead, Time last, long event) {
			int end = example.indexOf(": ");
			String name = (end >= 0) ? example.substring(0, end) : example;
			boolean sentence = name.indexOf(' ') >= 0;
			String title = sentence ? example : name.substring(name.lastIndexOf('.') + 1);
			String message = (sentence || end < 0) ? "" : example.substring(end + 2);
			return new ErrorRow(error, title, message, attempts, dead, last, event);
		}

	}

}
