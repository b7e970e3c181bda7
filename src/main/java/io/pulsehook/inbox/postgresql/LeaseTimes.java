package io.pulsehook.inbox.postgresql;

import java.time.Duration;

/**
 * How long the replicas wait for one another.
 *
 * @param lease how long a replica is waited for that is not heard of
 * @param heartbeat how often it makes itself heard
 * @param look how often it looks for what is due, behind the notifications, which can be
 * lost with a connection
 */
public record LeaseTimes(Duration lease, Duration heartbeat, Duration look) {

	private static final int BEATS = 6;

	private static final Duration LOOK = Duration.ofSeconds(1);

	public static LeaseTimes of(Duration lease) {
		return new LeaseTimes(lease, lease.dividedBy(BEATS), LOOK);
	}

}
