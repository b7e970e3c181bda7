package io.pulsehook.inbox.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a handler did with the events that were received in a period.
 *
 * @param done how many deliveries it finished
 * @param dead how many were given up
 * @param unfinished how many wait or run
 * @param retried how many of those done took more than one attempt
 * @param work how long the attempts took that succeeded; not known of what a former
 * version finished
 * @param waited how long deliveries waited from receipt until that attempt began, behind
 * earlier ones, for a free thread or for a retry; not known of replays either
 * @param slowest the deliveries that worked longest, the longest first
 * @param longestWaits the deliveries that waited longest, the longest first
 * @param failures the attempts that failed in the period, by cause, the most frequent
 * first
 * @param steps the steps of the period in which anything was received, the oldest first
 */
public record HandlerRecord(long done, long dead, long unfinished, long retried, Durations work, Durations waited,
		List<Slow> slowest, List<Slow> longestWaits, List<Failure> failures, List<Step> steps) {

	/** What a handler did that had nothing to do. */
	public static final HandlerRecord NONE = new HandlerRecord(0, 0, 0, 0, Durations.NONE, Durations.NONE, List.of(),
			List.of(), List.of(), List.of());

	/**
	 * Counts what the handler had to do.
	 * @return the number of its deliveries
	 */
	public long deliveries() {
		return this.done + this.dead + this.unfinished;
	}

	/**
	 * A delivery that took long.
	 *
	 * @param event the event's id
	 * @param work how long the attempt took that succeeded
	 * @param waited how long it waited before, or {@code null} for a replay
	 * @param attempts how many attempts of the run there were
	 */
	public record Slow(long event, Duration work, @Nullable Duration waited, int attempts) {

	}

	/**
	 * Attempts that failed for one cause.
	 *
	 * @param error what their errors have in common
	 * @param example the error of the last
	 * @param attempts how many there were
	 * @param last when the last one failed
	 * @param event the event of the last one
	 */
	public record Failure(String error, String example, long attempts, Instant last, long event) {

	}

	/**
	 * What was received in a step of the period.
	 *
	 * @param index the number of the step, from 0
	 * @param done how many deliveries were finished
	 * @param dead how many were given up
	 * @param unfinished how many wait or run
	 * @param work how long the attempts took that succeeded
	 * @param waited how long the deliveries waited before
	 */
	public record Step(int index, long done, long dead, long unfinished, Durations work, Durations waited) {

	}

}
