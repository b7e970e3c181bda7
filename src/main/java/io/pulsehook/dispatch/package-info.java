/**
 * Hands what the inbox keeps to the handlers: claims, order, retries, dead letters.
 */
@NullMarked
package io.pulsehook.dispatch;

import org.jspecify.annotations.NullMarked;
