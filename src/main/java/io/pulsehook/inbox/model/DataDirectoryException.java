package io.pulsehook.inbox.model;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.DatabaseErrors;

/**
 * Thrown when the data directory, or the directory of the spool, cannot be used. The
 * message says why, and {@link #action()} what to do.
 */
public class DataDirectoryException extends RuntimeException {

	private final String action;

	DataDirectoryException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	public static DataDirectoryException inUse(DirectoryUse use, Path directory, String owner) {
		return new DataDirectoryException(
				"The %s '%s' is in use by another process%s. Its database belongs to one process at a time."
					.formatted(use.noun(), directory.toAbsolutePath(), owner),
				"Stop the other process, or give this one a directory of its own with %s.".formatted(use.property()),
				null);
	}

	public static DataDirectoryException empty(Path directory) {
		return new DataDirectoryException(
				"The data directory '%s' has no database.".formatted(directory.toAbsolutePath()),
				"Name the directory of the service whose events are to be copied with pulsehook.data-dir.", null);
	}

	public static DataDirectoryException unusable(DirectoryUse use, Path directory, Throwable cause) {
		return new DataDirectoryException(
				"The %s '%s' cannot be used: %s".formatted(use.noun(), directory.toAbsolutePath(), reason(cause)),
				"Let this process read and write it, or name another one with %s.".formatted(use.property()), cause);
	}

	private static String reason(Throwable cause) {
		if (cause instanceof FileAlreadyExistsException) {
			return "there is a file of this name.";
		}
		return (cause instanceof AccessDeniedException denied) ? "access to '" + denied.getFile() + "' is denied."
				: cause.toString();
	}

	/**
	 * Explains a database that gives back other data than was written, or that is no
	 * database at all.
	 * @param use what its directory is for
	 * @param database the database file
	 * @param cause what SQLite said
	 * @return the explanation
	 */
	public static DataDirectoryException damaged(DirectoryUse use, Path database, SQLException cause) {
		return new DataDirectoryException(
				"The database '%s' is damaged: %s.".formatted(database.toAbsolutePath(), DatabaseErrors.of(cause)),
				use.repair(), cause);
	}

	/**
	 * Says what the operator can do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
