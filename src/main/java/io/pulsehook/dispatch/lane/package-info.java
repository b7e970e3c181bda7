/**
 * Runs the deliveries of one handler: polls for those that are due, runs them on the
 * handler's threads, interrupts those that take too long, and writes their outcomes.
 */
@NullMarked
package io.pulsehook.dispatch.lane;

import org.jspecify.annotations.NullMarked;
