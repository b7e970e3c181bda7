package io.pulsehook.test;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives each event a time and ids that no other has. The receiver takes two events with
 * the same bytes for one, but a test that posts two expects two.
 */
final class Unique {

	private static final AtomicLong LATEST = new AtomicLong();

	private Unique() {
	}

	/**
	 * Returns a time that was not returned before.
	 * @return the present, or a millisecond after the last returned time if that is later
	 */
	static Instant time() {
		long now = System.currentTimeMillis();
		return Instant.ofEpochMilli(LATEST.updateAndGet((latest) -> Math.max(latest + 1, now)));
	}

	/**
	 * Makes an id that looks like one of SendPulse's.
	 * @return 24 hexadecimal digits
	 */
	static String id() {
		return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
	}

	/**
	 * Makes an id like those of a messaging platform that numbers its messages.
	 * @return a positive number of at most 48 bits
	 */
	static long number() {
		return UUID.randomUUID().getMostSignificantBits() >>> 16;
	}

}
