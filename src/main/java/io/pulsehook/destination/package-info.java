/**
 * Passes events on to other systems: what is configured, the payload, and a sender for
 * each kind of system.
 */
@NullMarked
package io.pulsehook.destination;

import org.jspecify.annotations.NullMarked;
