/**
 * The pages about the handlers, their dead letters, and the progress of replays.
 */
@NullMarked
package io.pulsehook.console.handlers;

import org.jspecify.annotations.NullMarked;
