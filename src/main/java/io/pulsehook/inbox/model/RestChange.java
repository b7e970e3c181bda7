package io.pulsehook.inbox.model;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.HandlerState.Rest;

/**
 * What an attempt of a delivery changes about the state of its handler.
 */
public sealed interface RestChange {

	/** After this time without a success a handler no longer rests. */
	Duration LONGEST = Duration.ofHours(24);

	/** The longest pause between two probes that nobody has asked for. */
	Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	/**
	 * A rest is over without a word if nothing was due for so long after its end: a later
	 * failure says nothing about the time in between.
	 */
	Duration FORGOTTEN = Duration.ofHours(1);

	/**
	 * Computes the state that follows.
	 * @param state the state so far
	 * @param now the time
	 * @return the next state, which equals the former one if nothing changes
	 */
	HandlerState applyTo(HandlerState state, Instant now);

	/**
	 * Returns how long a handler rests before the next probe, if nobody asks for longer.
	 * @param probes how many probes have failed
	 * @return a second, doubled with each of them, up to a minute
	 */
	static Duration pauseAfter(int probes) {
		long seconds = 1L << Math.min(probes, 6);
		return Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE.toSeconds()));
	}

	private static boolean isForgotten(Rest rest, Instant now) {
		return rest.until() != null && rest.until().plus(FORGOTTEN).isBefore(now);
	}

	private static Instant later(@Nullable Instant one, Instant other) {
		return (one != null && one.isAfter(other)) ? one : other;
	}

	/**
	 * An attempt has shown that the handler should rest. If it rests already, it does so
	 * until the later of both times; one that has rested for too long goes on running.
	 *
	 * @param until the time that was asked for, or {@code null} if none was
	 * @param reason the class names of what the handler threw
	 */
	record Begin(@Nullable Instant until, String reason) implements RestChange {

		@Override
		public HandlerState applyTo(HandlerState state, Instant now) {
			if (state.isExhausted() || state.isGone()) {
				return state;
			}
			Instant end = (this.until != null) ? this.until : now.plus(pauseAfter(0));
			Rest rest = state.rest();
			if (rest == null || isForgotten(rest, now)) {
				return state.withRest(new Rest(now, end, this.reason, 0));
			}
			return state.withRest(new Rest(rest.since(), later(rest.until(), end), rest.reason(), rest.probes()));
		}

	}

	/**
	 * The delivery that was tried during the rest has failed. The rest goes on, or ends
	 * without a success if it has lasted for too long.
	 *
	 * @param until the time that was asked for, or {@code null} if none was
	 * @param reason the class names of what the handler threw
	 */
	record ProbeFailed(@Nullable Instant until, String reason) implements RestChange {

		@Override
		public HandlerState applyTo(HandlerState state, Instant now) {
			Rest rest = state.rest();
			if (rest == null && this.until != null) {
				return new Begin(this.until, this.reason).applyTo(state, now);
			}
			if (rest == null || state.isExhausted() || state.isGone()) {
				return state;
			}
			boolean forgotten = isForgotten(rest, now);
			Instant since = forgotten ? now : rest.since();
			int probes = forgotten ? 1 : rest.probes() + 1;
			return state.withRest(new Rest(since, end(rest, since, probes, now), this.reason, probes));
		}

		private @Nullable Instant end(Rest rest, Instant since, int probes, Instant now) {
			if (!now.isBefore(since.plus(LONGEST))) {
				return null;
			}
			return later(rest.until(), (this.until != null) ? this.until : now.plus(pauseAfter(probes)));
		}

	}

	/**
	 * The system that the handler passes events on to asks to be sent nothing more. The
	 * handler is paused until somebody resumes it. It also rests from then on, so that a
	 * single delivery tries first whether events are wanted again.
	 */
	record Pause() implements RestChange {

		/** The reason of the rest, by which such a pause is known. */
		static final String REASON = "410 Gone";

		@Override
		public HandlerState applyTo(HandlerState state, Instant now) {
			return state.isGone() ? state : new HandlerState(true, new Rest(now, now, REASON, 0));
		}

	}

	/** An attempt has shown that the handler works again. */
	record End() implements RestChange {

		@Override
		public HandlerState applyTo(HandlerState state, Instant now) {
			return state.isGone() ? state : state.withRest(null);
		}

	}

}
