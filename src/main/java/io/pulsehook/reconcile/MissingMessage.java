package io.pulsehook.reconcile;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message from a contact that SendPulse has and never sent.
 *
 * @param source the source that it belongs to
 * @param service the code of the channel, such as {@code telegram}
 * @param bot the id of the bot
 * @param contact the id of the contact
 * @param name the name of the contact, or {@code null}
 * @param messageId the id that the messaging platform gave it, or {@code null}
 * @param text its text or caption, or {@code null} if it has none
 * @param at when SendPulse received it
 * @param event the id of the event that it was stored as, or {@code null} if it has not
 * been stored
 */
public record MissingMessage(String source, String service, String bot, String contact, @Nullable String name,
		@Nullable String messageId, @Nullable String text, Instant at, @Nullable Long event) {

	/**
	 * Leaves out what people wrote, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "MissingMessage[service=" + this.service + ", at=" + this.at + ", event=" + this.event + "]";
	}

}
