/**
 * What was run again, who asked for it, and what came of it.
 */
@NullMarked
package io.pulsehook.console.replays;

import org.jspecify.annotations.NullMarked;
