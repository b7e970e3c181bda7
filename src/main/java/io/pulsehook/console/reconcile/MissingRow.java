package io.pulsehook.console.reconcile;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.ContactLink;
import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Times;
import io.pulsehook.reconcile.MissingMessage;

/**
 * A message that SendPulse did not send, as the page shows it.
 *
 * @param service the channel
 * @param contact the name of the contact, or its id if it has none
 * @param link the address of the contact's page
 * @param text what the contact wrote, or {@code null} if it has no text
 * @param at when that was
 * @param event the event that it was stored as, or {@code null}
 */
record MissingRow(String service, String contact, String link, @Nullable String text, Times.Time at,
		@Nullable Long event) {

	static MissingRow of(MissingMessage message, Instant now) {
		return new MissingRow(Labels.service("IncomingMessage", message.service()),
				(message.name() != null) ? message.name() : message.contact(), ContactLink.of(message.contact()),
				message.text(), Times.Time.of(message.at(), now), message.event());
	}

}
