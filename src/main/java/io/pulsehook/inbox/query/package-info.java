/**
 * Reads events and deliveries.
 */
@NullMarked
package io.pulsehook.inbox.query;

import org.jspecify.annotations.NullMarked;
