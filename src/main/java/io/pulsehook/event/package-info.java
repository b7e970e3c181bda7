/**
 * The events that SendPulse sends, as records, and how a body becomes them.
 */
@NullMarked
package io.pulsehook.event;

import org.jspecify.annotations.NullMarked;
