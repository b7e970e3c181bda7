package io.pulsehook.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that arrived and is of no known shape or cannot be bound. Its bytes are kept
 * as they came.
 *
 * @param reason what is wrong and where, naming fields and positions but quoting no
 * values
 */
public record UnrecognizedEvent(String reason) implements Event {

	/**
	 * Always {@code null}: what is not recognised has no date of its own.
	 */
	@Override
	public @Nullable Instant occurredAt() {
		return null;
	}

}
