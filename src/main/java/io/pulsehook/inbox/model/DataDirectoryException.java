package io.pulsehook.inbox.model;

import java.nio.file.Path;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.DatabaseErrors;

/**
 * Thrown when the data directory cannot be used. The message says why, and
 * {@link #action()} what to do.
 */
public class DataDirectoryException extends RuntimeException {

	private static final String DAMAGED = "Stop the service, keep a copy of the data directory, and restore a backup as "
			+ "'Backup and restore' in docs/operations.md says. Without a backup, save what can be read with "
			+ "'sqlite3 pulsehook.db .recover | sqlite3 recovered.db', or move pulsehook.db and the files beside it that "
			+ "end in -wal and -shm away, to begin with an empty inbox.";

	private final String action;

	DataDirectoryException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	public static DataDirectoryException inUse(Path directory, String owner) {
		return new DataDirectoryException(
				"The data directory '%s' is in use by another process%s. Its database belongs to one process at a time."
					.formatted(directory.toAbsolutePath(), owner),
				"Stop the other process, or give this one a directory of its own with pulsehook.data-dir.", null);
	}

	public static DataDirectoryException empty(Path directory) {
		return new DataDirectoryException(
				"The data directory '%s' has no database.".formatted(directory.toAbsolutePath()),
				"Name the directory of the service whose events are to be copied with pulsehook.data-dir.", null);
	}

	public static DataDirectoryException unusable(Path directory, Throwable cause) {
		return new DataDirectoryException(
				"The data directory '%s' cannot be used: %s".formatted(directory.toAbsolutePath(), cause),
				"Let this process read and write it, or name another one with pulsehook.data-dir.", cause);
	}

	/**
	 * Explains a database that gives back other data than was written, or that is no
	 * database at all.
	 * @param database the database file
	 * @param cause what SQLite said
	 * @return the explanation
	 */
	public static DataDirectoryException damaged(Path database, SQLException cause) {
		return new DataDirectoryException(
				"The database '%s' is damaged: %s.".formatted(database.toAbsolutePath(), DatabaseErrors.of(cause)),
				DAMAGED, cause);
	}

	/**
	 * Says what the operator can do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
