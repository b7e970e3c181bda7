package io.pulsehook.reconcile;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A comparison of what SendPulse has with what it sent.
 *
 * @param id its id
 * @param status how far it has come
 * @param from the beginning of its window: older messages are not compared
 * @param to the end of its window
 * @param startedAt when it began
 * @param finishedAt when it ended, or {@code null} while it runs
 * @param contacts how many contacts it has compared so far
 * @param missing how many messages it has found so far that SendPulse never sent
 * @param stored how many of these have been stored since
 * @param scheduled whether the schedule began it, and not a person or a program
 * @param error why it could not go on, or what it could not compare, or {@code null}
 */
public record Reconciliation(long id, ReconciliationStatus status, Instant from, Instant to, Instant startedAt,
		@Nullable Instant finishedAt, long contacts, long missing, long stored, boolean scheduled,
		@Nullable String error) {

}
