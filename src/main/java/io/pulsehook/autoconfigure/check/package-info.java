/**
 * Finds properties that nothing reads, and those that were meant.
 */
@NullMarked
package io.pulsehook.autoconfigure.check;

import org.jspecify.annotations.NullMarked;
