/**
 * Threads that survive whatever their work throws, and the watch over them.
 */
@NullMarked
package io.pulsehook.threads;

import org.jspecify.annotations.NullMarked;
