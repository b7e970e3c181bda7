/**
 * What the page of one event tells and offers: whom and what it is about, why it waits,
 * what came before and after it, another run, and copies for other tools.
 */
@NullMarked
package io.pulsehook.console.event;

import org.jspecify.annotations.NullMarked;
