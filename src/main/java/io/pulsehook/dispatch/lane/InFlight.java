package io.pulsehook.dispatch.lane;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The ledger of what one handler has at hand: deliveries that wait for a thread, that
 * run, or whose outcomes are not on disk yet. Only the dispatcher's thread changes it;
 * any thread may read the runs.
 */
final class InFlight {

	/** Many of them can be waiting for the commit of their outcomes. */
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
	 * How many deliveries have handlers that have not returned or not been called.
	 */
	int unended() {
		return this.unended.get();
	}

	/**
	 * How many more deliveries may be at hand, whatever their size.
	 */
	int room() {
		return MAX_DELIVERIES - this.runs.size();
	}

	/**
	 * Whether the bodies at hand fill the memory that a handler may take.
	 */
	boolean isFull() {
		return this.bytes >= MAX_BYTES;
	}

}
