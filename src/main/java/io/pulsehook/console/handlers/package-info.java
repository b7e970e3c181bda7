/**
 * The pages about the handlers: how each is doing, what it gave up, and how far a replay
 * is.
 */
@NullMarked
package io.pulsehook.console.handlers;

import org.jspecify.annotations.NullMarked;
