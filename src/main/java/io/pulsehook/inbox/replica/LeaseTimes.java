package io.pulsehook.inbox.replica;

import java.time.Duration;

/**
 * How long the replicas wait for one another.
 *
 * @param lease how long a replica that is not heard of keeps what it has claimed
 * @param heartbeat how often a replica renews its lease
 * @param poll how often a replica polls for what is due, since notifications can be lost
 * with a connection
 */
public record LeaseTimes(Duration lease, Duration heartbeat, Duration poll) {

	/** A replica may miss this many heartbeats, but for one, without losing its lease. */
	private static final int BEATS = 6;

	private static final Duration POLL = Duration.ofSeconds(1);

	/**
	 * Derives the times from the length of the lease.
	 * @param lease how long a lease lasts
	 * @return the times, with some heartbeats within a lease
	 */
	public static LeaseTimes of(Duration lease) {
		return new LeaseTimes(lease, lease.dividedBy(BEATS), POLL);
	}

}
