/**
 * What reconciliations keep: how far each has come, what it found, and whom it leaves
 * alone.
 */
@NullMarked
package io.pulsehook.inbox.reconciliation;

import org.jspecify.annotations.NullMarked;
