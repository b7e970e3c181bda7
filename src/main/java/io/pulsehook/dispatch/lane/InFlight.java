package io.pulsehook.dispatch.lane;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one handler that are in flight: they wait for a thread, run, or have
 * an outcome that is not on disk yet. Only the dispatcher's thread changes them; any
 * thread may read the runs.
 */
final class InFlight {

	/**
	 * The most deliveries that may be in flight. There are far more than threads, because
	 * many can be waiting for the commit of their outcomes.
	 */
	private static final int MAX_DELIVERIES = 1_000;

	private static final long MAX_BYTES = 16 * 1024 * 1024;

	private final Map<Long, Run> runs = new ConcurrentHashMap<>();

	private final AtomicInteger unended = new AtomicInteger();

	private long bytes;

	void add(Run run) {
		this.runs.put(run.delivery().eventId(), run);
		this.bytes += run.delivery().body().length;
		run.countAmong(this.unended);
	}

	void remove(Run run) {
		if (this.runs.remove(run.delivery().eventId(), run)) {
			this.bytes -= run.delivery().body().length;
			run.countNoMore();
		}
	}

	@Nullable Run find(long eventId) {
		return this.runs.get(eventId);
	}

	boolean contains(long eventId) {
		return this.runs.containsKey(eventId);
	}

	Collection<Run> runs() {
		return this.runs.values();
	}

	/**
	 * Counts the deliveries whose handler has not returned or has not been called yet.
	 */
	int unended() {
		return this.unended.get();
	}

	/**
	 * Returns how many more deliveries may be in flight, whatever their size.
	 */
	int room() {
		return MAX_DELIVERIES - this.runs.size();
	}

	/**
	 * Tells whether the bodies in flight fill the memory that one handler may use.
	 */
	boolean isFull() {
		return this.bytes >= MAX_BYTES;
	}

}
