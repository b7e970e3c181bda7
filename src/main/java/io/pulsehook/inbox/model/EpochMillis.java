package io.pulsehook.inbox.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Reads the times of columns, which are milliseconds since 1970.
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

}
