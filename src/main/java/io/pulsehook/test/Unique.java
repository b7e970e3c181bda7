package io.pulsehook.test;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives each event what tells it from all others. Two events with the same bytes would be
 * one to the receiver, and a test that posts two expects two.
 */
final class Unique {

	private static final AtomicLong LATEST = new AtomicLong();

	private Unique() {
	}

	/**
	 * Tells the time.
	 * @return the present, and at least a millisecond after what was told before
	 */
	static Instant time() {
		long now = System.currentTimeMillis();
		return Instant.ofEpochMilli(LATEST.updateAndGet((latest) -> Math.max(latest + 1, now)));
	}

	/**
	 * Makes an id as SendPulse's own.
	 * @return 24 hexadecimal digits
	 */
	static String id() {
		return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
	}

	/**
	 * Makes an id as that of a messaging platform which numbers messages.
	 * @return a positive number of at most 48 bits
	 */
	static long number() {
		return UUID.randomUUID().getMostSignificantBits() >>> 16;
	}

}
