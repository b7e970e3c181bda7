package io.pulsehook.inbox;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The data directory cannot be used: the message says why, {@link #action()} what to do.
 */
public class DataDirectoryException extends RuntimeException {

	private final String action;

	DataDirectoryException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	static DataDirectoryException inUse(Path directory, String owner) {
		return new DataDirectoryException(
				"The data directory '%s' is in use by another process%s. Its database belongs to one process at a time."
					.formatted(directory.toAbsolutePath(), owner),
				"Stop the other process, or give this one a directory of its own with pulsehook.data-dir.", null);
	}

	static DataDirectoryException empty(Path directory) {
		return new DataDirectoryException(
				"The data directory '%s' has no database.".formatted(directory.toAbsolutePath()),
				"Name the directory of the service whose events are to be copied with pulsehook.data-dir.", null);
	}

	static DataDirectoryException unusable(Path directory, Throwable cause) {
		return new DataDirectoryException(
				"The data directory '%s' cannot be used: %s".formatted(directory.toAbsolutePath(), cause),
				"Let this process read and write it, or name another one with pulsehook.data-dir.", cause);
	}

	/**
	 * What the operator can do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
