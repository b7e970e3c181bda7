package io.pulsehook.sendpulse.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts the calls of an account, so that SendPulse never counts more than ten within a
 * second. A call counts from its beginning until a second after its answer: SendPulse
 * counts it at some moment in between. Used by one thread at a time.
 */
final class CallWindow {

	/** The limit of an account, see SendPulse's page on the limits of its API. */
	private static final int CALLS = 10;

	private static final Duration LENGTH = Duration.ofSeconds(1);

	/** The moments at which calls were answered, the earliest first. */
	private final Deque<Long> answered = new ArrayDeque<>();

	private int underWay;

	void begin() {
		this.underWay++;
	}

	void end(long now) {
		this.underWay--;
		this.answered.addLast(now);
	}

	/**
	 * Tells whether another call may begin.
	 * @param now the time in nanoseconds
	 * @param replicas how many processes share the limit
	 * @return 0 if it may, or else for how many nanoseconds it cannot at least
	 */
	long pause(long now, int replicas) {
		long length = lengthFor(replicas).toNanos();
		while (!this.answered.isEmpty() && now - this.answered.getFirst() >= length) {
			this.answered.removeFirst();
		}
		if (this.underWay + this.answered.size() < callsFor(replicas)) {
			return 0;
		}
		return this.answered.isEmpty() ? length : this.answered.getFirst() + length - now;
	}

	/**
	 * Returns how many calls this process may make in a window, one at least.
	 */
	static int callsFor(int replicas) {
		return Math.max(1, CALLS / replicas);
	}

	// Of more replicas than there are calls in a second, each makes one call now and
	// then.
	private static Duration lengthFor(int replicas) {
		return LENGTH.multipliedBy(Math.max(CALLS, replicas)).dividedBy(CALLS);
	}

}
