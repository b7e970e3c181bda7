/**
 * Posts to other systems by HTTP: signs, judges what was answered, and lets nothing that
 * is secret get into an error.
 */
@NullMarked
package io.pulsehook.destination.http;

import org.jspecify.annotations.NullMarked;
