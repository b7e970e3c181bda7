package io.pulsehook.inbox.triage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.write.Session;

/**
 * Keeps what people decided about groups of dead letters. All processes that share a
 * database see the same decisions.
 */
public final class Triage {

	private static final String DECIDE = """
			insert into pulsehook_dead_group (handler, error_hash, state, note, decided_by, decided_at)
			values (?, ?, ?, ?, ?, ?)
			on conflict (handler, error_hash) do update set
				state = excluded.state, note = excluded.note, decided_by = excluded.decided_by,
				decided_at = excluded.decided_at
			""";

	private static final String FORGET = """
			delete from pulsehook_dead_group where handler = ? and error_hash = ?
			""";

	private static final String ALL = """
			select g.handler, g.error_hash, g.state, g.note, g.decided_by, g.decided_at from pulsehook_dead_group g
			""";

	private final Writer writer;

	private final JdbcClient jdbc;

	public Triage(Writer writer, JdbcClient jdbc) {
		this.writer = writer;
		this.jdbc = jdbc;
	}

	/**
	 * Writes a decision in the place of a former one.
	 * @param group the group
	 * @param state what was decided
	 * @param note why, of which 200 characters are kept; {@code null} for no note
	 * @param by the name of who decided it, or {@code null}
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void decide(GroupKey group, GroupState state, @Nullable String note, @Nullable String by) {
		this.writer.submitAndWait((session) -> {
			PreparedStatement statement = session.prepare(DECIDE);
			statement.setString(1, group.handler());
			statement.setBytes(2, group.hashBytes());
			statement.setString(3, state.code());
			statement.setString(4, Columns.safe(note));
			statement.setString(5, Columns.safe(by));
			statement.setLong(6, session.now().toEpochMilli());
			return statement.executeUpdate();
		});
	}

	/**
	 * Takes a decision back, as if nobody had decided anything.
	 * @param group the group
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void reopen(GroupKey group) {
		this.writer.submitAndWait((session) -> forget(session, group));
	}

	private static int forget(Session session, GroupKey group) throws SQLException {
		PreparedStatement statement = session.prepare(FORGET);
		statement.setString(1, group.handler());
		statement.setBytes(2, group.hashBytes());
		return statement.executeUpdate();
	}

	/**
	 * Lists the decisions.
	 * @return the decision about each group of which there is one
	 */
	public Map<GroupKey, Decision> decisions() {
		return this.jdbc.sql(ALL)
			.query((row, number) -> Map.entry(key(row), decision(row)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/**
	 * Lists the groups that nobody wants to hear of.
	 * @return their keys
	 */
	public Set<GroupKey> muted() {
		return decisions().entrySet()
			.stream()
			.filter((entry) -> entry.getValue().state() == GroupState.MUTED)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	private static GroupKey key(ResultSet row) throws SQLException {
		return new GroupKey(row.getString("handler"), HexFormat.of().formatHex(row.getBytes("error_hash")));
	}

	private static Decision decision(ResultSet row) throws SQLException {
		return new Decision(Coded.of(GroupState.class, row.getString("state")), row.getString("note"),
				row.getString("decided_by"), Instant.ofEpochMilli(row.getLong("decided_at")));
	}

}
