/**
 * Threads that survive whatever their work throws, and how they are watched.
 */
@NullMarked
package io.pulsehook.threads;

import org.jspecify.annotations.NullMarked;
