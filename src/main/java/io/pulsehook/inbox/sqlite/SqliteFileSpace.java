package io.pulsehook.inbox.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pulsehook.inbox.write.FileSpace;
import io.pulsehook.inbox.write.Writer;

/**
 * The file of the database and the log beside it.
 */
final class SqliteFileSpace implements FileSpace {

	/** A sixteenth of the file may stay free, to be filled again by what arrives. */
	private static final int SPARE = 16;

	/** How long readers may hold up the truncation of the log, and it intake. */
	private static final int TRUNCATION_MILLIS = 100;

	private final Writer writer;

	SqliteFileSpace(Writer writer) {
		this.writer = writer;
	}

	// Shortens the file by some pages; it is shorter once the log has been written back.
	@Override
	public boolean giveBackSome() {
		return this.writer.submitAndWait((session) -> {
			if (session.number("pragma freelist_count") <= session.number("pragma page_count") / SPARE) {
				return false;
			}
			session.execute("pragma incremental_vacuum(128)");
			return true;
		});
	}

	// Writes the log back into the file and empties it, unless readers need it still.
	@Override
	public boolean truncateLog() {
		return this.writer.submitAndWait((session) -> {
			AtomicBoolean truncated = new AtomicBoolean();
			session.afterCommit((connection) -> truncated.set(truncateLog(connection)));
			return truncated;
		}).get();
	}

	private static boolean truncateLog(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("pragma busy_timeout = " + TRUNCATION_MILLIS);
			try (ResultSet result = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
				return result.getInt("busy") == 0;
			}
			finally {
				statement.executeUpdate("pragma busy_timeout = " + Sqlite.BUSY_TIMEOUT_MILLIS);
			}
		}
	}

}
