/**
 * Reading what is stored: events, deliveries, charts and figures.
 */
@NullMarked
package io.pulsehook.inbox.query;

import org.jspecify.annotations.NullMarked;
