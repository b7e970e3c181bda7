/**
 * Reads events, deliveries, counts and charts for the API, the console and the metrics.
 */
@NullMarked
package io.pulsehook.inbox.query;

import org.jspecify.annotations.NullMarked;
