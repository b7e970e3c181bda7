package io.pulsehook.inbox.model;

import java.time.Duration;

/**
 * How long the events of a contact wait for others, to be handled together with them.
 *
 * @param quiet for which time the contact has to be quiet
 * @param maxWait how long the first event waits at most, however much follows it
 * @param maxEvents how many events are handled together at most
 */
public record BurstLimits(Duration quiet, Duration maxWait, int maxEvents) {

	/**
	 * The most bytes of events that are handled together, unless one alone has more.
	 */
	public static final int MAX_BYTES = 4 * 1024 * 1024;

}
