package io.pulsehook.test.sendpulse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Refuses what is more than an account may call within a second.
 */
final class RequestLimit {

	static final int SENDPULSE = 10;

	/**
	 * A little less than a second, since calls that a client keeps apart can come closer
	 * on their way.
	 */
	private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(950);

	private final Deque<Long> last = new ArrayDeque<>();

	private int most = SENDPULSE;

	synchronized void reset(int most) {
		this.most = most;
		this.last.clear();
	}

	synchronized boolean isExceeded() {
		long now = System.nanoTime();
		while (!this.last.isEmpty() && now - this.last.getFirst() > WINDOW) {
			this.last.removeFirst();
		}
		if (this.last.size() >= this.most) {
			return true;
		}
		this.last.addLast(now);
		return false;
	}

}
