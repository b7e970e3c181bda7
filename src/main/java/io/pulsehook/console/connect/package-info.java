/**
 * The page that says what to paste into SendPulse, and that sends examples to try it out.
 */
@NullMarked
package io.pulsehook.console.connect;

import org.jspecify.annotations.NullMarked;
