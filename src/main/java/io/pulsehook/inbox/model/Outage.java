package io.pulsehook.inbox.model;

import java.time.Instant;

/**
 * A period in which the inbox cannot be written.
 *
 * @param since when it began
 * @param reason the database's message, without any data
 */
public record Outage(Instant since, String reason) {

}
