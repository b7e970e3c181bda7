/**
 * Reads what is stored for whoever looks at it: events, deliveries, dead letters, counts
 * and charts.
 */
@NullMarked
package io.pulsehook.inbox.query;

import org.jspecify.annotations.NullMarked;
