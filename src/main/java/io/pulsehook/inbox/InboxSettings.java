package io.pulsehook.inbox;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * The settings of the inbox.
 *
 * @param dataDirectory the directory of the SQLite database, which is created if it is
 * missing
 * @param ackTimeout how long a request waits for its commit
 * @param buffer how many bytes of events may wait for their commit at once
 * @param dedupWindow the time within which two equal elements without a date or an id
 * count as one
 * @param lease the time after which other processes take over the deliveries of a process
 * that shares the database and has stopped renewing its lease
 */
public record InboxSettings(Path dataDirectory, Duration ackTimeout, DataSize buffer, Duration dedupWindow,
		Duration lease) {

}
