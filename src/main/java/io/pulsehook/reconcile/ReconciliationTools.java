package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.InstantSource;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.reconciliation.StoredReconciliations;
import io.pulsehook.sendpulse.SendPulse;

/**
 * What a reconciliation does its work with.
 *
 * @param store where reconciliations are kept
 * @param sendPulse reads conversations
 * @param reader reads messages, to compare them
 * @param clock tells the time
 * @param retention how long events are kept that are handled
 */
public record ReconciliationTools(StoredReconciliations store, SendPulse sendPulse, EventReader reader,
		InstantSource clock, Duration retention) {

}
