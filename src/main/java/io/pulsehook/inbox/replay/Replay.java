package io.pulsehook.inbox.replay;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.ReplayStatus;

/**
 * Events being handed to handlers again.
 *
 * @param id its id
 * @param status how far it has come
 * @param events how many events it has found so far
 * @param deliveries how many deliveries it has made of them
 * @param unfinished how many of these have not ended
 * @param createdAt when it was asked for
 * @param finishedAt when it was through, cancelled or failed, or {@code null}
 * @param forContact whether it was asked for one contact's events; whose, is forgotten
 * when it has ended
 * @param forText whether it was asked for events with a text, likewise
 */
public record Replay(long id, ReplayStatus status, long events, long deliveries, long unfinished, Instant createdAt,
		@Nullable Instant finishedAt, boolean forContact, boolean forText) {

}
