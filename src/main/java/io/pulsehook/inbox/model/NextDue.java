package io.pulsehook.inbox.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a handler can run now, and when to ask again.
 *
 * @param live whether deliveries of newly received events are due, which may be claimed
 * already
 * @param replayed whether deliveries of replays are due, which may be claimed already
 * @param next when the next delivery becomes due that is not due yet, or {@code null} if
 * none waits for a time
 * @param interrupted how many deliveries are due that a handler was at work on more than
 * once when the process ended; they may be claimed already
 */
public record NextDue(boolean live, boolean replayed, @Nullable Instant next, int interrupted) {

	/** Says what there is to do when nothing was interrupted more than once. */
	public NextDue(boolean live, boolean replayed, @Nullable Instant next) {
		this(live, replayed, next, 0);
	}

}
