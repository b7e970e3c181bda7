/**
 * The operator's API: what arrived, and what became of it.
 */
@NullMarked
package io.pulsehook.api;

import org.jspecify.annotations.NullMarked;
