package io.pulsehook.inbox.model;

import java.time.Instant;

/**
 * A time in which the inbox cannot be written.
 *
 * @param since when it began
 * @param reason what the database said; it names no data
 */
public record Outage(Instant since, String reason) {

}
