package io.pulsehook.dispatch.attempt;

import java.time.Duration;

/**
 * Thrown instead of calling a handler whose filter keeps an event away here, while its
 * filter in another process lets the event through.
 */
final class WantedElsewhereException extends Exception {

	/** How long this process leaves the delivery for another one to take. */
	static final Duration PAUSE = Duration.ofSeconds(1);

	WantedElsewhereException() {
		super("The handler's filter in this process keeps the event away. The delivery waits for a process whose filter "
				+ "lets it through.", null, false, false);
	}

}
