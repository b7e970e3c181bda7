package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Values that all processes share which use the same database.
 */
public final class Settings {

	private static final String INSERT = """
			insert into pulsehook_setting (name, value) values (?, ?) on conflict (name) do nothing
			""";

	private static final String FIND = """
			select value from pulsehook_setting where name = ?
			""";

	private Settings() {
	}

	/**
	 * Sets a value unless it is set already.
	 * @return the value that counts: this one, or the one that was set before
	 */
	public static String putIfAbsent(Session session, String name, String value) throws SQLException {
		PreparedStatement insert = session.prepare(INSERT);
		insert.setString(1, name);
		insert.setString(2, value);
		insert.executeUpdate();
		PreparedStatement find = session.prepare(FIND);
		find.setString(1, name);
		try (ResultSet row = find.executeQuery()) {
			row.next();
			return row.getString("value");
		}
	}

}
