/**
 * The page that says which URL to paste into SendPulse, and that sends example events as
 * a trial.
 */
@NullMarked
package io.pulsehook.console.connect;

import org.jspecify.annotations.NullMarked;
