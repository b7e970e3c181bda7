package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.pulsehook.files.OwnerOnly;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DirectoryUse;

/**
 * The files of the database: locked for this process, readable for their owner only, and
 * watched, since SQLite does not notice that one was deleted or replaced and goes on to
 * write into a file that the next start will not find.
 */
final class SqliteFiles implements AutoCloseable {

	/** How often the files that hold no data are looked at. */
	static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

	private final DirectoryUse use;

	private final Path file;

	private final DirectoryLock lock;

	/**
	 * Stays open as long as the inbox does: when the last connection closes, SQLite
	 * deletes the log, and the lock on the database file would be released.
	 */
	private final Connection anchor;

	private final OpenFiles stored;

	private final OpenFiles sharedMemory;

	/** Used by the writer's thread alone. */
	private long lastWholeLook = System.nanoTime();

	private SqliteFiles(DirectoryUse use, Path file, SqliteConnections connections, DirectoryLock lock)
			throws IOException, SQLException {
		this.use = use;
		this.file = file;
		this.lock = lock;
		restrict();
		OwnerOnly.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)).close();
		this.anchor = connections.first();
		try {
			lock.extendTo(file);
			this.stored = OpenFiles.of(file, beside("-wal"));
			this.sharedMemory = OpenFiles.of(beside("-shm"));
		}
		catch (IOException | RuntimeException ex) {
			this.anchor.close();
			throw ex;
		}
	}

	/**
	 * Locks the directory and opens the files in it, which are made if they are missing.
	 * @param use what the directory is for
	 * @param file the database file
	 * @param connections open the database
	 * @return the open files
	 * @throws DataDirectoryException if another process uses the directory
	 * @throws IOException if a file cannot be made or opened
	 * @throws SQLException if SQLite cannot open the database
	 */
	static SqliteFiles open(DirectoryUse use, Path file, SqliteConnections connections)
			throws IOException, SQLException {
		DirectoryLock lock = DirectoryLock.acquire(use, file.resolveSibling(""));
		try {
			return new SqliteFiles(use, file, connections, lock);
		}
		catch (IOException | SQLException | RuntimeException ex) {
			lock.close();
			throw ex;
		}
	}

	// Takes the rights of others from files of an older version or of a directory that is
	// open to others. SQLite gives the permissions of the database to the files that it
	// makes beside it.
	private void restrict() {
		for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
			OwnerOnly.restrict(beside(suffix));
		}
		OwnerOnly.restrict(lockFile());
	}

	private Path beside(String suffix) {
		return this.file.resolveSibling(this.file.getFileName() + suffix);
	}

	private Path lockFile() {
		return this.file.resolveSibling(this.use.lock());
	}

	/**
	 * Fails if a file was deleted or replaced since it was opened. The files that hold
	 * data are looked at each time; those that keep other processes out, once a second.
	 * Used by the writer's thread alone.
	 * @throws SQLException if what is written would be lost, or another process could
	 * write too
	 */
	void requireInPlace() throws SQLException {
		requireStoredInPlace();
		long now = System.nanoTime();
		if (now - this.lastWholeLook < WATCH_INTERVAL.toNanos()) {
			return;
		}
		requireInPlace(this.sharedMemory);
		requireLock();
		this.lastWholeLook = now;
	}

	/**
	 * Fails if a file that holds data was deleted or replaced since it was opened.
	 * @throws SQLException if what is read would not be what was stored
	 */
	void requireStoredInPlace() throws SQLException {
		requireInPlace(this.stored);
	}

	private void requireInPlace(OpenFiles files) throws SQLException {
		Path lost = files.findLost();
		if (lost == null) {
			return;
		}
		if (lost.equals(this.file)) {
			throw new SQLException(
					("'%s' was deleted or replaced while it was open. What it had can be saved until this "
							+ "process ends, but not after: see 'When files were deleted' in docs/operations.md")
						.formatted(lost));
		}
		throw new SQLException(("'%s' was deleted or replaced while it was open. What it had "
				+ (saveLog() ? "was written into the database. Restart this process"
						: "is being written into the database, which readers hold up. Stop this process in order, and "
								+ "do not kill it"))
			.formatted(lost));
	}

	/**
	 * Copies what the log has into the database.
	 * @return whether all of it was copied; readers can hold up the rest
	 */
	private boolean saveLog() throws SQLException {
		try (Statement statement = this.anchor.createStatement();
				ResultSet row = statement.executeQuery("pragma wal_checkpoint(passive)")) {
			row.next();
			return row.getInt("busy") == 0 && row.getInt("log") == row.getInt("checkpointed");
		}
	}

	private void requireLock() throws SQLException {
		try {
			this.lock.keep();
		}
		catch (DataDirectoryException ex) {
			throw new SQLException(("'%s' was deleted or replaced, and another process uses the directory since. "
					+ "Stop that process, and never delete this file")
				.formatted(lockFile()));
		}
		catch (IOException ex) {
			throw new SQLException(("'%s' was deleted or replaced, and cannot be made again, so that another process "
					+ "could use the directory: %s. Make room for it, or let this process write it")
				.formatted(lockFile(), ex));
		}
	}

	@Override
	public void close() throws IOException, SQLException {
		// The lock is released last, so that nobody opens a database that is being
		// closed.
		try (DirectoryLock last = this.lock) {
			this.anchor.close();
		}
	}

}
