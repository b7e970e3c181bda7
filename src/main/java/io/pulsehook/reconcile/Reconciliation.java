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
 * @param newlyFound how many of these no earlier one has found, and told of
 * @param stored how many of all that are missing have been stored since
 * @param contactsNotCompared how many contacts were left out, since SendPulse did not
 * show their messages
 * @param messagesNotCompared how many messages were left out, since neither their times
 * nor their ids tell whether they were received
 * @param scheduled whether the schedule began it, and not a person or a program
 * @param error why it could not go on, or what it could not compare, or {@code null}
 */
public record Reconciliation(long id, ReconciliationStatus status, Instant from, Instant to, Instant startedAt,
		@Nullable Instant finishedAt, long contacts, long missing, long newlyFound, long stored,
		long contactsNotCompared, long messagesNotCompared, boolean scheduled, @Nullable String error) {

}
