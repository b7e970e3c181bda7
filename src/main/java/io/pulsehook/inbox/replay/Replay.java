package io.pulsehook.inbox.replay;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Events being handed to handlers again.
 *
 * @param id its id
 * @param status {@code running} while it goes through the events, then {@code done},
 * {@code cancelled}, or {@code failed} if the database cannot do what it was asked for
 * @param events how many events it has found so far
 * @param deliveries how many deliveries it has made of them
 * @param unfinished how many of these have not ended
 * @param createdAt when it was asked for
 * @param finishedAt when it was through, cancelled or failed, or {@code null}
 * @param forContact whether it was asked for one contact's events; whose, is forgotten
 * when it has ended
 * @param forText whether it was asked for events with a text, likewise
 */
public record Replay(long id, String status, long events, long deliveries, long unfinished, Instant createdAt,
		@Nullable Instant finishedAt, boolean forContact, boolean forText) {

}
