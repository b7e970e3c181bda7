/**
 * Keeps tests from calling whom only the application's configuration names.
 */
@NullMarked
package io.pulsehook.autoconfigure.outbound;

import org.jspecify.annotations.NullMarked;
