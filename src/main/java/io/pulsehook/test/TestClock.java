package io.pulsehook.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that a test can set forward. It shows the time of the system until it is set,
 * and then runs on from there. {@link PulsehookTest} has one for an inbox of SQLite; on
 * PostgreSQL, where the server tells the time, a test has one that defines this bean:
 *
 * <pre class="code">
 * &#64;Bean
 * TestClock pulsehookClock() {
 *     return new TestClock();
 * }
 * </pre>
 */
public final class TestClock implements InstantSource {

	private final InstantSource system = InstantSource.system();

	private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

	/**
	 * Creates a clock that shows the time of the system.
	 */
	public TestClock() {
	}

	@Override
	public Instant instant() {
		return this.system.instant().plus(this.ahead.get());
	}

	/**
	 * Sets the clock forward. Deliveries that become due run within moments.
	 * @param duration by how much
	 * @throws IllegalArgumentException if the duration is negative: what has happened
	 * would lie in the future
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("The clock is set forward only, but " + duration + " is negative.");
		}
		this.ahead.updateAndGet((former) -> former.plus(duration));
	}

	/**
	 * Sets the clock forward to a time, unless that is over already.
	 * @param time the time
	 */
	void advanceTo(Instant time) {
		Duration missing = Duration.between(instant(), time);
		if (!missing.isNegative()) {
			advance(missing);
		}
	}

	/**
	 * Lets the clock show the time of the system again, as before each test.
	 */
	void reset() {
		this.ahead.set(Duration.ZERO);
	}

}
