/**
 * The pages about the handlers and how each is doing.
 */
@NullMarked
package io.pulsehook.console.handlers;

import org.jspecify.annotations.NullMarked;
