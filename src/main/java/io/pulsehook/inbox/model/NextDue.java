package io.pulsehook.inbox.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What there is to do for a handler.
 *
 * @param live whether something is due of events that have just been received, which may
 * be at hand already
 * @param replayed whether something is due that somebody asked for again, which may be at
 * hand already
 * @param next when the next delivery becomes due, which is not due yet, or {@code null}
 * if nothing waits for a time
 * @param interrupted how many deliveries are due that a handler was at work on when the
 * process ended, more than once; they may be at hand already
 */
public record NextDue(boolean live, boolean replayed, @Nullable Instant next, int interrupted) {

	/** Says what there is to do when nothing was interrupted more than once. */
	public NextDue(boolean live, boolean replayed, @Nullable Instant next) {
		this(live, replayed, next, 0);
	}

}
