package io.pulsehook.console.spool;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Sizes;
import io.pulsehook.console.format.Times;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.spool.SpoolStatus;

/**
 * How the spool is, as its page shows it.
 *
 * @param taking whether all webhooks go there
 * @param away whether the database cannot be written
 * @param since since when they go there, or {@code null}
 * @param waiting how many wait to be stored
 * @param size how large all in it are, those that could not be stored included
 * @param maxSize how large they may become
 * @param percent how much of that is taken, from 0 to 100
 * @param oldest when the one arrived that has waited longest, or {@code null}
 * @param refused how many could not be stored
 * @param total how many were kept since the start of the process
 * @param problem why it can keep no more, or {@code null} if it can
 */
record SpoolSummary(boolean taking, boolean away, Times.@Nullable Time since, long waiting, String size, String maxSize,
		long percent, Times.@Nullable Time oldest, long refused, long total, @Nullable String problem) {

	private static final int WHOLE = 100;

	static SpoolSummary of(SpoolStatus status, @Nullable Instant oldest, @Nullable Outage outage, Instant now) {
		return new SpoolSummary(status.taking(), outage != null, Times.Time.ofNullable(status.since(), now),
				status.waiting(), Sizes.text(status.bytes()), Sizes.text(status.maxBytes()),
				Math.min(WHOLE, WHOLE * status.bytes() / Math.max(status.maxBytes(), 1)),
				Times.Time.ofNullable(oldest, now), status.refused(), status.total(), status.problem());
	}

	/**
	 * Says in a few words what the spool does.
	 */
	public String title() {
		if (this.problem != null && (this.taking || this.away)) {
			return "No more webhooks can be kept";
		}
		if (this.taking && this.away) {
			return "Webhooks are kept here";
		}
		if (this.taking || this.waiting > 0) {
			return "What was kept is being stored";
		}
		return this.away ? "Webhooks will be kept here" : "Webhooks go straight into the database";
	}

	/**
	 * Whether the page should be looked at again soon, since its numbers change.
	 */
	public boolean isMoving() {
		return this.taking || this.away || this.waiting > 0;
	}

}
