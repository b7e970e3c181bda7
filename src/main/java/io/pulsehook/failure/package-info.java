/**
 * How failures are told in a log without what they are about.
 */
@NullMarked
package io.pulsehook.failure;

import org.jspecify.annotations.NullMarked;
