/**
 * Which events of its types a handler takes: a filter's keys and patterns, and the facts
 * of an event that it asks for.
 */
@NullMarked
package io.pulsehook.event.filter;

import org.jspecify.annotations.NullMarked;
