package io.pulsehook.inbox;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * How the inbox keeps events.
 *
 * @param dataDirectory where the database lies; made when missing
 * @param ackTimeout how long a request waits for its commit
 * @param buffer how many bytes of events may wait for their commit at once
 * @param dedupWindow how long two equal elements that nothing else tells apart count as
 * one
 * @param lease how long a process that shares the database may not be heard of before
 * others take over what it was doing
 */
public record InboxSettings(Path dataDirectory, Duration ackTimeout, DataSize buffer, Duration dedupWindow,
		Duration lease) {

}
