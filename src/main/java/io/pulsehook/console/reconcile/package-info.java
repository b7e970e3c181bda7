/**
 * What SendPulse has and did not send: begins reconciliations, shows what they found, and
 * stores it.
 */
@NullMarked
package io.pulsehook.console.reconcile;

import org.jspecify.annotations.NullMarked;
