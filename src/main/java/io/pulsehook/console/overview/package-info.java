/**
 * The page that tells at one glance how it is going: what arrived, what waits, what was
 * paid.
 */
@NullMarked
package io.pulsehook.console.overview;

import org.jspecify.annotations.NullMarked;
