/**
 * Explains a failed start: what was wrong, and what to do about it.
 */
@NullMarked
package io.pulsehook.autoconfigure.failure;

import org.jspecify.annotations.NullMarked;
