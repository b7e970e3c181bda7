/**
 * Makes the client of SendPulse's API from the accounts that are configured.
 */
@NullMarked
package io.pulsehook.autoconfigure.sendpulse;

import org.jspecify.annotations.NullMarked;
