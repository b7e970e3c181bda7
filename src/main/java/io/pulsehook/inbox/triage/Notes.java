package io.pulsehook.inbox.triage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.pulsehook.inbox.write.Session;

/**
 * Deletes the notes about groups of dead letters that may name a person who is erased.
 * The decisions stay.
 */
public final class Notes {

	private static final String ANY = """
			select 1 from pulsehook_dead_group where note is not null limit 1
			""";

	private static final String DELETE = """
			update pulsehook_dead_group set note = null where handler = ? and error_hash = ? and note is not null
			""";

	private static final String ALL = """
			select id, note from pulsehook_dead_group where note is not null
			""";

	private static final String DELETE_ONE = """
			update pulsehook_dead_group set note = null where id = ?
			""";

	private final Session session;

	/**
	 * Creates it for a transaction.
	 * @param session the transaction
	 */
	public Notes(Session session) {
		this.session = session;
	}

	/**
	 * Whether there is any note, so that others need not look for what has one.
	 * @return {@code true} if so
	 * @throws SQLException if the database fails
	 */
	public boolean exist() throws SQLException {
		try (ResultSet row = this.session.prepare(ANY).executeQuery()) {
			return row.next();
		}
	}

	/**
	 * Deletes the notes about the groups that attempts belong to.
	 * @param attempts rows with the columns {@code handler} and {@code error}
	 * @throws SQLException if the database fails
	 */
	public void deleteOf(PreparedStatement attempts) throws SQLException {
		Set<GroupKey> groups = new HashSet<>();
		try (ResultSet rows = attempts.executeQuery()) {
			while (rows.next()) {
				groups.add(GroupKey.ofError(rows.getString("handler"), rows.getString("error")));
			}
		}
		for (GroupKey group : groups) {
			PreparedStatement statement = this.session.prepare(DELETE);
			statement.setString(1, group.handler());
			statement.setBytes(2, group.hashBytes());
			statement.executeUpdate();
		}
	}

	/**
	 * Deletes the notes in which a word appears.
	 * @param word the word, such as the id of a contact
	 * @throws SQLException if the database fails
	 */
	public void deleteWith(String word) throws SQLException {
		Pattern whole = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])");
		List<Long> found = new ArrayList<>();
		try (ResultSet rows = this.session.prepare(ALL).executeQuery()) {
			while (rows.next()) {
				if (whole.matcher(rows.getString("note")).find()) {
					found.add(rows.getLong("id"));
				}
			}
		}
		for (long id : found) {
			PreparedStatement statement = this.session.prepare(DELETE_ONE);
			statement.setLong(1, id);
			statement.executeUpdate();
		}
	}

}
