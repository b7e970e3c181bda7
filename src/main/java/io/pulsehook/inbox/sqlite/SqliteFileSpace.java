package io.pulsehook.inbox.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.write.FileSpace;

/**
 * Gives back space of the database file and of the log beside it.
 */
final class SqliteFileSpace implements FileSpace {

	/** One page of 16 may stay free, since events that arrive fill it again. */
	private static final int SPARE = 16;

	/** Truncating waits for readers, and intake waits meanwhile: no longer than this. */
	private static final int TRUNCATION_MILLIS = 100;

	private final Writer writer;

	SqliteFileSpace(Writer writer) {
		this.writer = writer;
	}

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
				statement.executeUpdate("pragma busy_timeout = " + SqliteConnections.BUSY_TIMEOUT_MILLIS);
			}
		}
	}

}
