package io.pulsehook.inbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Events being handed to handlers again.
 *
 * @param id its id
 * @param status {@code running} while it goes through the events, then {@code done} or
 * {@code cancelled}
 * @param events how many events it has found so far
 * @param deliveries how many deliveries it has made of them
 * @param unfinished how many of these have not ended
 * @param createdAt when it was asked for
 * @param finishedAt when it was through or cancelled, or {@code null}
 */
public record Replay(long id, String status, long events, long deliveries, long unfinished, Instant createdAt,
		@Nullable Instant finishedAt) {

}
