package io.pulsehook.inbox.model;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Reads and sets the times of columns, which are milliseconds since 1970.
 */
public final class EpochMillis {

	private EpochMillis() {
	}

	/**
	 * Reads a time that may be missing.
	 * @param row the row
	 * @param column the name of the column
	 * @return the time, or {@code null} if the column has none
	 * @throws SQLException if the column cannot be read
	 */
	public static @Nullable Instant read(ResultSet row, String column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	/**
	 * Sets a time that may be missing.
	 * @param statement the statement
	 * @param index the number of the parameter, 1 for the first
	 * @param instant the time, or {@code null} if there is none
	 * @throws SQLException if it cannot be set
	 */
	public static void set(PreparedStatement statement, int index, @Nullable Instant instant) throws SQLException {
		if (instant != null) {
			statement.setLong(index, instant.toEpochMilli());
		}
		else {
			statement.setNull(index, Types.BIGINT);
		}
	}

}
