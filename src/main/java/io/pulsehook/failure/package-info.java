/**
 * Describes failures for the log without quoting data, and finds what was meant by a
 * mistyped name.
 */
@NullMarked
package io.pulsehook.failure;

import org.jspecify.annotations.NullMarked;
