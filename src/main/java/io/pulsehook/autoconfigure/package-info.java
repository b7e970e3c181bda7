/**
 * Puts the parts together and reads their configuration.
 */
@NullMarked
package io.pulsehook.autoconfigure;

import org.jspecify.annotations.NullMarked;
