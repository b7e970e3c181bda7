/**
 * One attempt of a delivery: calls the handler once, unless its filter keeps the event
 * away, and decides what follows from how that ended.
 */
@NullMarked
package io.pulsehook.dispatch.attempt;

import org.jspecify.annotations.NullMarked;
