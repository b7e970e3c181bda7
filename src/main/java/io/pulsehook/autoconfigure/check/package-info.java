/**
 * Finds properties that nothing reads, and suggests the ones that were probably meant.
 */
@NullMarked
package io.pulsehook.autoconfigure.check;

import org.jspecify.annotations.NullMarked;
