package io.pulsehook.inbox.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.MinuteCount;
import io.pulsehook.inbox.write.Session;

/**
 * Adds the counts of a transaction to those that are stored.
 */
final class SqliteCounts {

	private static final String ADD = """
			insert into pulsehook_minute (minute, kind, type, service, result, events)
			values (?, ?, ?, ?, ?, ?)
			""" + Dialect.ADD_TO_COUNT;

	private SqliteCounts() {
	}

	static void add(Session session, List<MinuteCount> counts) throws SQLException {
		for (MinuteCount count : counts) {
			PreparedStatement statement = session.prepare(ADD);
			statement.setLong(1, count.minute());
			statement.setString(2, count.kind().code());
			statement.setString(3, count.type());
			statement.setString(4, count.service());
			statement.setString(5, count.result().code());
			statement.setInt(6, count.events());
			statement.executeUpdate();
		}
	}

}
