package io.pulsehook.inbox.commit;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The writes that wait for a commit. One thread takes a group of them at a time.
 */
final class WaitingWrites {

	/** The number of writes in a group at most. */
	static final int GROUP_LIMIT = 1_000;

	/** How long writes that may linger wait for one that may not. */
	private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final BlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>();

	void add(Pending<?> pending) {
		this.queue.add(pending);
	}

	boolean isEmpty() {
		return this.queue.isEmpty();
	}

	void drainTo(List<Pending<?>> group) {
		this.queue.drainTo(group);
	}

	/**
	 * Takes what waits. Outcomes linger, since a commit of them alone would keep the next
	 * request waiting for a sync of the disk that it could have shared.
	 * @param group takes the writes
	 * @param patience how long the first one is waited for, in nanoseconds
	 * @param gathersUntil until when others are waited for in any case, by
	 * {@link System#nanoTime()}
	 * @throws InterruptedException if the thread was interrupted. What was taken before
	 * is in the group.
	 */
	void takeGroup(List<Pending<?>> group, long patience, long gathersUntil) throws InterruptedException {
		if (!take(group, patience)) {
			return;
		}
		while (group.size() < GROUP_LIMIT && gathersUntil - System.nanoTime() > 0) {
			take(group, gathersUntil - System.nanoTime());
		}
		long end = System.nanoTime() + LINGER_NANOS;
		boolean came = true;
		while (came && group.size() < GROUP_LIMIT && group.stream().allMatch(Pending::mayLinger)) {
			came = take(group, end - System.nanoTime());
		}
	}

	// Takes everything that waits, or what comes first within a time, and tells whether
	// that was anything.
	private boolean take(List<Pending<?>> group, long nanos) throws InterruptedException {
		Pending<?> first = this.queue.poll(nanos, TimeUnit.NANOSECONDS);
		if (first == null) {
			return false;
		}
		group.add(first);
		this.queue.drainTo(group, GROUP_LIMIT - group.size());
		return true;
	}

}
