/**
 * Reconciliation: finds the messages that SendPulse has of a contact and never sent, and
 * stores them when it is asked to.
 */
@NullMarked
package io.pulsehook.reconcile;

import org.jspecify.annotations.NullMarked;
