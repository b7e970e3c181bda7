/**
 * Hands the events that the inbox keeps to the handlers.
 */
@NullMarked
package io.pulsehook.dispatch;

import org.jspecify.annotations.NullMarked;
