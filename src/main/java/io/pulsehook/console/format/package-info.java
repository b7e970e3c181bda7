/**
 * Writes times, sums, names and JSON the way the pages of the console show them.
 */
@NullMarked
package io.pulsehook.console.format;

import org.jspecify.annotations.NullMarked;
