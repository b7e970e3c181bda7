package io.pulsehook.inbox.write;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What all processes that use a database have to agree on.
 */
public final class Settings {

	private static final String PROPOSE = """
			insert into pulsehook_setting (name, value) values (?, ?) on conflict (name) do nothing
			""";

	private static final String FIND = """
			select value from pulsehook_setting where name = ?
			""";

	private Settings() {
	}

	// What was proposed first.
	public static String putIfAbsent(Session session, String name, String proposal) throws SQLException {
		PreparedStatement propose = session.prepare(PROPOSE);
		propose.setString(1, name);
		propose.setString(2, proposal);
		propose.executeUpdate();
		PreparedStatement find = session.prepare(FIND);
		find.setString(1, name);
		try (ResultSet row = find.executeQuery()) {
			row.next();
			return row.getString("value");
		}
	}

}
