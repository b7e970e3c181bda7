package io.pulsehook.inbox.upkeep;

import java.time.Duration;

/**
 * How long events are kept from their receipt on.
 *
 * @param handled those that every handler is done with, or that none takes
 * @param dead those that are dead or wait for a handler that no longer exists, and the
 * counts of what arrived; not shorter than the other
 */
public record RetentionPeriods(Duration handled, Duration dead) {

}
