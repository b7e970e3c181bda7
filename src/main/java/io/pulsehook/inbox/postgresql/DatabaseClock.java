package io.pulsehook.inbox.postgresql;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The database's clock as this process knows it: read now and then, and carried on by the
 * time that passes here, whatever happens to the clock of this machine.
 */
final class DatabaseClock implements InstantSource {

	private volatile Reading reading = new Reading(Instant.EPOCH, 0);

	// Takes over what the database answered to a question asked at some time of
	// System.nanoTime(), and returns by how much that differs.
	Duration set(Instant answer, long askedAt) {
		Instant before = instant();
		long received = System.nanoTime();
		this.reading = new Reading(answer, askedAt + (received - askedAt) / 2);
		return Duration.between(before, instant());
	}

	@Override
	public Instant instant() {
		Reading last = this.reading;
		return last.time().plusNanos(System.nanoTime() - last.nanoTime());
	}

	private record Reading(Instant time, long nanoTime) {

	}

}
