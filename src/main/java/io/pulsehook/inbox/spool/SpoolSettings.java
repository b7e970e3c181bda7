package io.pulsehook.inbox.spool;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * The settings of the spool.
 *
 * @param directory the directory of its file, which is made if it is missing
 * @param maxSize the size of all bodies that it may keep; others are refused
 * @param ackTimeout how long a request waits until its body is on disk before it is
 * refused
 */
public record SpoolSettings(Path directory, DataSize maxSize, Duration ackTimeout) {

	private static final Duration ACK_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Settings with the usual time limit.
	 * @param directory the directory of its file
	 * @param maxSize the size of all bodies that it may keep
	 */
	public SpoolSettings(Path directory, DataSize maxSize) {
		this(directory, maxSize, ACK_TIMEOUT);
	}

}
