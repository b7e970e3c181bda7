package io.pulsehook.inbox.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.history.HandlerRecord.Failure;
import io.pulsehook.inbox.history.HandlerRecord.Slow;
import io.pulsehook.inbox.history.HandlerRecord.Step;
import io.pulsehook.inbox.history.HistoryRead.Ended;
import io.pulsehook.inbox.query.ErrorPattern;

/**
 * Counts what one handler did.
 */
final class RecordTally {

	private static final int SLOWEST = 10;

	/** Errors without anything in common could be as many as the attempts. */
	private static final int MOST_CAUSES = 100;

	private final StepTally all = new StepTally();

	private final Map<Integer, StepTally> steps = new TreeMap<>();

	private final PriorityQueue<Ended> slowest = new PriorityQueue<>(Comparator.comparingLong(Ended::work));

	private final PriorityQueue<Ended> longestWaits = new PriorityQueue<>(Comparator.comparingLong(Ended::waited));

	private final Map<String, FailureTally> failures = new HashMap<>();

	private long retried;

	void addUnfinished(int step) {
		this.all.unfinished++;
		step(step).unfinished++;
	}

	void addDead(int step) {
		this.all.dead++;
		step(step).dead++;
	}

	void addDone(int step, Ended ended) {
		this.all.add(ended);
		step(step).add(ended);
		this.retried += (ended.attempts() > 1) ? 1 : 0;
		if (ended.work() >= 0) {
			keepLongest(this.slowest, ended, Ended::work);
		}
		if (ended.waited() >= 0) {
			keepLongest(this.longestWaits, ended, Ended::waited);
		}
	}

	private static void keepLongest(PriorityQueue<Ended> longest, Ended ended, ToLongFunction<Ended> length) {
		Ended shortest = longest.peek();
		if (longest.size() < SLOWEST || shortest == null || length.applyAsLong(shortest) < length.applyAsLong(ended)) {
			longest.add(ended);
		}
		if (longest.size() > SLOWEST) {
			longest.remove();
		}
	}

	private StepTally step(int index) {
		return this.steps.computeIfAbsent(index, (unknown) -> new StepTally());
	}

	// Attempts are added from the newest on.
	void addFailure(String error, long at, long event) {
		this.failures.computeIfAbsent(ErrorPattern.of(error),
				(pattern) -> new FailureTally(error, at, event)).attempts++;
	}

	HandlerRecord total() {
		List<Step> counted = new ArrayList<>();
		this.steps.forEach((index, step) -> counted.add(new Step(index, step.done, step.dead, step.unfinished,
				Durations.of(step.work), Durations.of(step.waited))));
		return new HandlerRecord(this.all.done, this.all.dead, this.all.unfinished, this.retried,
				Durations.of(this.all.work), Durations.of(this.all.waited), slow(this.slowest, Ended::work),
				slow(this.longestWaits, Ended::waited), causes(), counted);
	}

	private static List<Slow> slow(PriorityQueue<Ended> longest, ToLongFunction<Ended> length) {
		return longest.stream()
			.sorted(Comparator.comparingLong(length).reversed().thenComparingLong(Ended::event))
			.map((ended) -> new Slow(ended.event(), Duration.ofMillis(ended.work()), millis(ended.waited()),
					ended.attempts()))
			.toList();
	}

	private static @Nullable Duration millis(long length) {
		return (length >= 0) ? Duration.ofMillis(length) : null;
	}

	private List<Failure> causes() {
		return this.failures.entrySet()
			.stream()
			.map((entry) -> entry.getValue().total(entry.getKey()))
			.sorted(Comparator.comparingLong(Failure::attempts).reversed().thenComparing(Failure::error))
			.limit(MOST_CAUSES)
			.toList();
	}

	private static final class StepTally {

		private final DurationTally work = new DurationTally();

		private final DurationTally waited = new DurationTally();

		private long done;

		private long dead;

		private long unfinished;

		private void add(Ended ended) {
			this.done++;
			if (ended.work() >= 0) {
				this.work.add(ended.work());
			}
			if (ended.waited() >= 0) {
				this.waited.add(ended.waited());
			}
		}

	}

	private static final class FailureTally {

		private final String example;

		private final long at;

		private final long event;

		private long attempts;

		private FailureTally(String example, long at, long event) {
			this.example = example;
			this.at = at;
			this.event = event;
		}

		private Failure total(String pattern) {
			return new Failure(pattern, this.example, this.attempts, Instant.ofEpochMilli(this.at), this.event);
		}

	}

}
