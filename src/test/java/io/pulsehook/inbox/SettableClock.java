package io.pulsehook.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands until it is moved.
 */
public final class SettableClock implements InstantSource {

	private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

	@Override
	public Instant instant() {
		return this.now;
	}

	public void advance(Duration duration) {
		this.now = this.now.plus(duration);
	}

}
