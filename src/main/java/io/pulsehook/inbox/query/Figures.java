package io.pulsehook.inbox.query;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an operator watches, as it was a moment ago.
 *
 * @param handlers the figures of each handler that there is or was, by its id
 * @param lastEvent when the last event was received, or {@code null} if there is none
 */
public record Figures(Map<String, HandlerFigures> handlers, @Nullable Instant lastEvent) {

	/**
	 * The figures of a handler.
	 * @param handler its id
	 * @return the figures, all zero if it has none
	 */
	public HandlerFigures of(String handler) {
		return this.handlers.getOrDefault(handler, HandlerFigures.NONE);
	}

	/**
	 * The figures of one handler.
	 *
	 * @param unfinished how many of its deliveries are neither done nor dead, or
	 * {@code null} if they are too many to be counted just now
	 * @param dead how many are dead, or {@code null} if they could not be counted either
	 * @param oldestDue since when the delivery that waits longest for a thread could have
	 * been run, or is being run, replays aside; {@code null} if none waits
	 * @param paused whether the handler rests
	 */
	public record HandlerFigures(@Nullable Long unfinished, @Nullable Long dead, @Nullable Instant oldestDue,
			boolean paused) {

		/** The figures of a handler that nothing is known of. */
		public static final HandlerFigures NONE = new HandlerFigures(0L, 0L, null, false);

	}

}
