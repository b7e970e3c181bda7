/**
 * Keeps tests from calling addresses that only the application's configuration names.
 */
@NullMarked
package io.pulsehook.autoconfigure.outbound;

import org.jspecify.annotations.NullMarked;
