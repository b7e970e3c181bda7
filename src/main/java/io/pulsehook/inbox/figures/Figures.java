package io.pulsehook.inbox.figures;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.HandlerState;

/**
 * The figures that an operator watches, as they were a moment ago.
 *
 * @param handlers the figures of each handler that exists or existed, by its id
 * @param lastEvent when the last event was received, or {@code null} if there is none
 */
public record Figures(Map<String, HandlerFigures> handlers, @Nullable Instant lastEvent) {

	/**
	 * Returns the figures of a handler.
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
	 * @param oldestDue when the delivery became due that has waited or run longest,
	 * without replays; {@code null} if there is none
	 * @param state whether the handler is paused or rests
	 */
	public record HandlerFigures(@Nullable Long unfinished, @Nullable Long dead, @Nullable Instant oldestDue,
			HandlerState state) {

		/** The figures of a handler of which the database has nothing. */
		public static final HandlerFigures NONE = new HandlerFigures(0L, 0L, null, HandlerState.RUNNING);

	}

}
