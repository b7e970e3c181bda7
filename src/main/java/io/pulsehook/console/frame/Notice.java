package io.pulsehook.console.frame;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.spool.SpoolStatus;

/**
 * What all pages say while webhooks do not go into the database.
 *
 * @param bad whether webhooks are refused
 * @param title what is the matter
 * @param text what becomes of webhooks meanwhile
 * @param since when it began, or {@code null}
 * @param reason why the database cannot be written, or {@code null} if it can again
 * @param spool whether the spool has something to do with it
 */
record Notice(boolean bad, String title, String text, @Nullable Instant since, @Nullable String reason, boolean spool) {

	private static final String LATER = "SendPulse is being told to send later.";

	/**
	 * Returns what there is to say.
	 * @param outage the present outage, or {@code null}
	 * @param spool what is in the spool, or {@code null} if there is none
	 * @return the notice, or {@code null} if all is well
	 */
	static @Nullable Notice of(@Nullable Outage outage, @Nullable SpoolStatus spool) {
		if (spool == null) {
			return (outage != null)
					? new Notice(true, "Nothing can be stored.", LATER, outage.since(), outage.reason(), false) : null;
		}
		if (outage == null && !spool.taking()) {
			return null;
		}
		Instant since = (outage != null) ? outage.since() : spool.since();
		String reason = (outage != null) ? outage.reason() : null;
		if (spool.problem() != null) {
			return new Notice(true, "Nothing can be stored, not even in the spool.", LATER, since, spool.problem(),
					true);
		}
		return (outage != null)
				? new Notice(false, "The database cannot be written.",
						"Webhooks are kept in the spool until it can: " + count(spool) + ".", since, reason, true)
				: new Notice(false, "The database can be written again.",
						"What the spool has kept is being stored: " + count(spool) + ".", since, null, true);
	}

	private static String count(SpoolStatus spool) {
		return (spool.waiting() == 1) ? "1 waits" : "%,d wait".formatted(spool.waiting());
	}

}
