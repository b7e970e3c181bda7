package io.pulsehook.inbox;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of events, newest first.
 *
 * @param events the events, possibly none although there is a next page
 * @param next the id before which the next page begins, or {@code null} at the end
 */
public record EventPage(List<StoredEvent> events, @Nullable Long next) {

}
