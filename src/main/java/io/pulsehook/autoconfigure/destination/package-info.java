/**
 * Reads which destinations are configured, checks them, and makes them.
 */
@NullMarked
package io.pulsehook.autoconfigure.destination;

import org.jspecify.annotations.NullMarked;
