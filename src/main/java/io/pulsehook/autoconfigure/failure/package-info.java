/**
 * Says what to do about a start that failed.
 */
@NullMarked
package io.pulsehook.autoconfigure.failure;

import org.jspecify.annotations.NullMarked;
