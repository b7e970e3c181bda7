/**
 * Describes failures for the log without quoting data.
 */
@NullMarked
package io.pulsehook.failure;

import org.jspecify.annotations.NullMarked;
