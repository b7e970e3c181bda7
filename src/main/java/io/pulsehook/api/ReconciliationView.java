package io.pulsehook.api;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.pulsehook.reconcile.MissingMessage;
import io.pulsehook.reconcile.Reconciliation;
import io.pulsehook.reconcile.ReconciliationStatus;

/**
 * A reconciliation as the API shows it.
 *
 * @param id its id
 * @param status how far it is
 * @param scheduled whether it began by itself
 * @param from the beginning of its window
 * @param to the end of its window
 * @param startedAt when it began
 * @param finishedAt when it ended; {@code null} while it runs
 * @param contacts how many contacts it has compared
 * @param found how many messages it has found that SendPulse did not send
 * @param newlyFound how many of these no earlier one has found
 * @param stored how many of all that it has found have been stored
 * @param contactsNotCompared how many contacts it could not compare
 * @param messagesNotCompared how many messages of others it could not compare
 * @param error why it failed, or what it could not compare; {@code null} if neither
 * @param missing the messages; {@code null}, and not shown, in a list
 */
record ReconciliationView(String id, ReconciliationStatus status, boolean scheduled, Instant from, Instant to,
		Instant startedAt, @Nullable Instant finishedAt, long contacts, long found, long newlyFound, long stored,
		long contactsNotCompared, long messagesNotCompared, @Nullable String error,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Missing> missing) {

	static ReconciliationView of(Reconciliation reconciliation, @Nullable List<MissingMessage> missing) {
		return new ReconciliationView(Long.toString(reconciliation.id()), reconciliation.status(),
				reconciliation.scheduled(), reconciliation.from(), reconciliation.to(), reconciliation.startedAt(),
				reconciliation.finishedAt(), reconciliation.contacts(), reconciliation.missing(),
				reconciliation.newlyFound(), reconciliation.stored(), reconciliation.contactsNotCompared(),
				reconciliation.messagesNotCompared(), reconciliation.error(),
				(missing != null) ? missing.stream().map(Missing::of).toList() : null);
	}

	/**
	 * A message that SendPulse has and did not send.
	 *
	 * @param source whose it is
	 * @param service the code of the channel
	 * @param bot the id of the bot
	 * @param contact the id of the contact
	 * @param messageId the id that the messaging platform gave it, or {@code null}
	 * @param text its text or caption, or {@code null}
	 * @param at when it was written
	 * @param eventId the event that it was stored as; {@code null} if it has not been
	 */
	record Missing(String source, String service, String bot, String contact, @Nullable String messageId,
			@Nullable String text, Instant at, @Nullable String eventId) {

		private static Missing of(MissingMessage message) {
			return new Missing(message.source(), message.service(), message.bot(), message.contact(),
					message.messageId(), message.text(), message.at(),
					(message.event() != null) ? Long.toString(message.event()) : null);
		}

	}

}
