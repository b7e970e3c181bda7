/**
 * A client of SendPulse's API: sends messages to contacts on their channels, and reads
 * and changes what SendPulse knows of them.
 */
@NullMarked
package io.pulsehook.sendpulse;

import org.jspecify.annotations.NullMarked;
