package io.pulsehook.inbox.spool;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the spool is doing.
 *
 * @param taking whether all webhooks go into the spool, until it is drained
 * @param since since when they do, or {@code null} if they do not
 * @param waiting how many bodies are still to be drained
 * @param bytes the size of all bodies in its file, those that were refused included
 * @param maxBytes the size that they may have together
 * @param refused how many bodies the inbox refused
 * @param total how many bodies were kept since the start of the process
 * @param problem why the spool can keep no more bodies, without any data, or {@code null}
 * if it can; webhooks are answered with 503 meanwhile if the inbox cannot store them
 * either
 */
public record SpoolStatus(boolean taking, @Nullable Instant since, long waiting, long bytes, long maxBytes,
		long refused, long total, @Nullable String problem) {

}
