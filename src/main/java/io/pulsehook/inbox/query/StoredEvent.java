package io.pulsehook.inbox.query;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;

/**
 * An event as it is stored.
 *
 * @param id its place in the order of receipt
 * @param source the source that posted it
 * @param kind what it is about
 * @param type the simple name of the record
 * @param title the title, or {@code null}
 * @param service the code of the service, as sent where it is none of those known, or
 * {@code null}
 * @param bot the bot's id, or {@code null}
 * @param contact the contact's id, or {@code null}
 * @param status what became of it
 * @param occurredAt its own time, or the time of its arrival when it has none
 * @param receivedAt when it was received
 * @param arrivedAt when its webhook arrived, if it waited elsewhere until it was
 * received, or {@code null} if it was received as it arrived
 * @param duplicates how often it was received again
 * @param reason why it was not recognised, or {@code null}
 */
public record StoredEvent(long id, String source, EventKind kind, String type, @Nullable String title,
		@Nullable String service, @Nullable String bot, @Nullable String contact, EventStatus status,
		Instant occurredAt, Instant receivedAt, @Nullable Instant arrivedAt, int duplicates, @Nullable String reason) {

}
