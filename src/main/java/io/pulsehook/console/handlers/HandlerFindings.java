package io.pulsehook.console.handlers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.deadletters.Cause;
import io.pulsehook.console.deadletters.Failure;
import io.pulsehook.console.events.EventRows;
import io.pulsehook.console.events.EventRows.EventRow;
import io.pulsehook.console.format.Times;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.inbox.history.HandlerRecord;
import io.pulsehook.inbox.history.HandlerRecord.Slow;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.replay.Replays;

/**
 * Finds what an operator looks into: the events that a handler took long for, and why it
 * failed.
 */
public final class HandlerFindings {

	private static final int MOST_CAUSES = 20;

	private static final int NEWEST_REPLAYS = 100;

	private static final int REPLAYS = 5;

	private final StoredEvents events;

	private final EventRows rows;

	private final Replays replays;

	public HandlerFindings(StoredEvents events, EventRows rows, Replays replays) {
		this.events = events;
		this.rows = rows;
		this.replays = replays;
	}

	/**
	 * Lists deliveries with their events. An event that has been deleted meanwhile is
	 * left out.
	 * @param slow the deliveries
	 * @return the rows in the same order
	 */
	List<SlowRow> slow(List<Slow> slow) {
		List<StoredEvent> stored = slow.stream()
			.map(Slow::event)
			.map(this.events::find)
			.flatMap(Optional::stream)
			.toList();
		Map<Long, EventRow> known = this.rows.of(stored)
			.stream()
			.collect(Collectors.toMap(EventRow::id, Function.identity()));
		return slow.stream()
			.flatMap((one) -> Stream.ofNullable(known.get(one.event())).map((event) -> row(one, event)))
			.toList();
	}

	private static SlowRow row(Slow slow, EventRow event) {
		return new SlowRow(event, Times.span(slow.work()), Times.span(slow.waited()), slow.attempts());
	}

	/**
	 * Lists the causes of failures: first those of dead letters, whenever they died, and
	 * then those of attempts that were or are tried again.
	 * @param causes those of dead letters
	 * @param failures the attempts that failed in the period
	 * @param now the time of the page
	 * @return a row for each cause
	 */
	static List<ErrorRow> errors(List<Cause> causes, List<HandlerRecord.Failure> failures, Instant now) {
		Map<String, HandlerRecord.Failure> recent = new LinkedHashMap<>();
		failures.forEach((failure) -> recent.put(failure.error(), failure));
		List<ErrorRow> rows = new ArrayList<>();
		causes.forEach((cause) -> rows.add(ErrorRow.of(cause, recent.remove(cause.error()), now)));
		recent.values().forEach((failure) -> rows.add(ErrorRow.of(failure, now)));
		return rows.stream().limit(MOST_CAUSES).toList();
	}

	/**
	 * Lists the last replays that a handler took part in.
	 * @param handler the handler's id
	 * @param now the time of the page
	 * @return those among the newest replays that were for it or for all handlers, newest
	 * first
	 */
	List<ReplayRow> replays(String handler, Instant now) {
		return this.replays.newest(null, NEWEST_REPLAYS)
			.stream()
			.filter((replay) -> replay.request().handlers().isEmpty() || replay.request().handlers().contains(handler))
			.limit(REPLAYS)
			.map((replay) -> new ReplayRow(replay.id(), Time.of(replay.createdAt(), now),
					replay.request().handlers().size(), replay.succeeded(), replay.failed(), replay.unfinished()))
			.toList();
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

		private static ErrorRow of(Cause cause, HandlerRecord.@Nullable Failure recent, Instant now) {
			Instant last = (recent != null && recent.last().isAfter(cause.last())) ? recent.last() : cause.last();
			return of(cause.error(), cause.example(), (recent != null) ? recent.attempts() : 0, cause.letters(),
					Time.of(last, now), cause.event());
		}

		private static ErrorRow of(HandlerRecord.Failure failure, Instant now) {
			return of(failure.error(), failure.example(), failure.attempts(), 0, Time.of(failure.last(), now),
					failure.event());
		}

		private static ErrorRow of(String error, String example, long attempts, long dead, Time last, long event) {
			Failure parts = Failure.of(example);
			return new ErrorRow(error, parts.title(), parts.detail(), attempts, dead, last, event);
		}

	}

	/**
	 * A replay that the handler took part in.
	 *
	 * @param id its id
	 * @param created when it was asked for
	 * @param handlers for how many handlers, 0 for all: the numbers are those of all of
	 * them
	 * @param succeeded how many deliveries succeeded
	 * @param failed how many failed again
	 * @param unfinished how many have not ended
	 */
	record ReplayRow(long id, Time created, int handlers, long succeeded, long failed, long unfinished) {

	}

}
