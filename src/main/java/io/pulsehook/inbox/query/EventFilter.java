package io.pulsehook.inbox.query;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which events to list; {@code null} for what does not matter.
 *
 * @param kind the kind
 * @param type the simple name of the record
 * @param title the title
 * @param service the raw service code
 * @param source the source
 * @param bot the bot's id
 * @param contact the contact's id
 * @param status {@code open}, {@code done}, {@code dead} or {@code unhandled}
 * @param from the earliest time of receipt
 * @param to the time of receipt before which all are
 * @param text a text anywhere in the body, in any case
 */
public record EventFilter(@Nullable String kind, @Nullable String type, @Nullable String title,
		@Nullable String service, @Nullable String source, @Nullable String bot, @Nullable String contact,
		@Nullable String status, @Nullable Instant from, @Nullable Instant to, @Nullable String text) {

	/** All events. */
	public static final EventFilter ALL = new EventFilter(null, null, null, null, null, null, null, null, null, null,
			null);

	// The same without what can name a person: what is left of it is that it was asked
	// for.
	public EventFilter blanked() {
		return new EventFilter(this.kind, this.type, this.title, this.service, this.source, this.bot,
				(this.contact != null) ? "" : null, this.status, this.from, this.to, (this.text != null) ? "" : null);
	}

}
