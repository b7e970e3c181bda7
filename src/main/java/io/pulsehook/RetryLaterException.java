package io.pulsehook;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler when the system that it needs asks for a pause, for example because
 * too many requests have reached it. The delivery is due again after that time and no
 * retry is spent. Until then the handler rests: none of its deliveries begins, since the
 * request concerns all of them. Two limits keep what never succeeds from waiting for
 * ever: a delivery that was first put off 24 hours ago spends its retries, and a handler
 * that has rested for 24 hours without a success runs again and spends those of all.
 *
 * <p>
 * It counts as the cause of another exception too, and comes before what the settings
 * {@code includes} and {@code excludes} and an {@link UnrecoverableEventException} say.
 * An answer 429 or 503 with {@code Retry-After} that Spring's {@code RestClient},
 * {@code RestTemplate} or {@code WebClient} throws as an exception counts as the same, so
 * that a handler which uses one of them need not throw this itself.
 */
public class RetryLaterException extends RuntimeException {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofHours(1);

	private final Duration pause;

	/**
	 * Creates the exception.
	 * @param pause after which time to try again; less than a second counts as a second,
	 * and more than an hour as an hour
	 */
	public RetryLaterException(Duration pause) {
		this(pause, (Throwable) null);
	}

	/**
	 * Creates the exception.
	 * @param pause after which time to try again; less than a second counts as a second,
	 * and more than an hour as an hour
	 * @param message why; kept with the attempt, never logged
	 */
	public RetryLaterException(Duration pause, String message) {
		super(message);
		this.pause = bounded(pause);
	}

	/**
	 * Creates the exception.
	 * @param pause after which time to try again; less than a second counts as a second,
	 * and more than an hour as an hour
	 * @param cause what led to it, or {@code null}; its message is kept with the attempt,
	 * never logged
	 */
	public RetryLaterException(Duration pause, @Nullable Throwable cause) {
		super("To be tried again in " + bounded(pause).toSeconds() + " s.", cause);
		this.pause = bounded(pause);
	}

	/**
	 * Returns the time after which to try again.
	 * @return the pause, from one second to one hour
	 */
	public final Duration getPause() {
		return this.pause;
	}

	/** Keeps a pause from one second to one hour. */
	static Duration bounded(Duration pause) {
		if (pause.compareTo(SHORTEST) < 0) {
			return SHORTEST;
		}
		return (pause.compareTo(LONGEST) > 0) ? LONGEST : pause;
	}

}
