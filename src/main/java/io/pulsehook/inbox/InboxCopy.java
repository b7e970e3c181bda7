package io.pulsehook.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.postgresql.BoundedDataSource;
import io.pulsehook.inbox.postgresql.Postgresql;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.inbox.sqlite.InterruptionCount;
import io.pulsehook.inbox.sqlite.Sqlite;

/**
 * Copies an inbox from SQLite to PostgreSQL, for a service that needs replicas by now.
 * All of it is copied in one transaction, or nothing is.
 */
public final class InboxCopy {

	private static final int BATCH = 500;

	/** A batch ends early at this size, so that large bodies fit into memory. */
	private static final long BATCH_BYTES = 4 * 1024 * 1024;

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	/** A single statement may take this long, because the tables can be large. */
	private static final Duration COPY_TIMEOUT = Duration.ofHours(1);

	private static final List<Table> TABLES = List.of(
			new Table("pulsehook_event", "id",
					"id, source, kind, type, title, service, bot, contact, ordering_key, "
							+ "dedup_key, occurred_at, received_at, arrived_at, duplicates, reason, body, trace"),
			new Table("pulsehook_delivery", "event_id, handler",
					"event_id, handler, ordering_key, position, replay_id, status, run, attempts, due_at, finished_at, "
							+ "last_error, put_offs, put_off_since, started_at, answer, burst"),
			new Table("pulsehook_interruption", "event_id, handler", "event_id, handler, run, times"),
			new Table("pulsehook_attempt", "id",
					"event_id, handler, run, attempt, started_at, finished_at, error, stack_trace, answer, put_off, "
							+ "succeeded"),
			new Table("pulsehook_step", "id", "event_id, handler, run, name, attempt, result, finished_at"),
			new Table("pulsehook_replay", "id",
					"id, status, request, cursor, last_event, events, deliveries, created_at, finished_at, succeeded, "
							+ "failed, asked_by, only_event"),
			new Table("pulsehook_reconciliation", "id",
					"id, status, scheduled, window_from, window_to, started_at, finished_at, contacts, error, bots, cursor"),
			new Table("pulsehook_missing", "id",
					"id, reconciliation_id, source, service, bot, contact, message_id, row_id, sent_at, text, body, "
							+ "compared_to, event_id, stored_at"),
			new Table("pulsehook_erased", "contact_hash", "contact_hash, erased_at"),
			new Table("pulsehook_dead_group", "id", "handler, error_hash, state, note, decided_by, decided_at"),
			new Table("pulsehook_order", "ordering_key",
					"ordering_key, event_id, updated_at, status_rank, ranked_event_id"),
			new Table("pulsehook_handler", "id",
					"id, types, paused, last_seen, rest_since, rest_until, rest_reason, rest_probes"),
			// This setting belongs to a file in the data directory, and would mean
			// nothing in PostgreSQL.
			new Table("pulsehook_setting", "name", "name, value", "name <> '" + InterruptionCount.SETTING + "'"),
			new Table("pulsehook_minute", "minute, kind, type, service, result",
					"minute, kind, type, service, result, events"));

	private final DataSource from;

	private final DataSource to;

	private InboxCopy(DataSource from, DataSource to) {
		this.from = from;
		this.to = to;
	}

	/**
	 * Copies an inbox, and then compares the number of rows on both sides.
	 * @param directory the data directory that has the SQLite database; no process may
	 * use it meanwhile
	 * @param target leads to a PostgreSQL database without events
	 * @param settings settings to add to the {@link SharedSettings} there
	 * @return how many rows each table has, on both sides
	 * @throws DataDirectoryException if the directory cannot be used, or has no database
	 * @throws UnsupportedDatabaseException if the target cannot be used
	 * @throws IllegalStateException if the target has events already, or the counts
	 * differ; then nothing was copied
	 */
	public static Map<String, Long> copy(Path directory, DataSource target, Map<String, String> settings) {
		if (!isPossible(directory)) {
			throw DataDirectoryException.empty(directory);
		}
		try (Sqlite source = Sqlite.open(directory)) {
			Postgresql.open(target, TIMEOUT, LeaseTimes.of(TIMEOUT)).close();
			return new InboxCopy(source.readers(), new BoundedDataSource(target, COPY_TIMEOUT)).copy(settings);
		}
		catch (IOException | SQLiteException ex) {
			throw Sqlite.explained(directory, ex);
		}
		catch (SQLException ex) {
			throw UnsupportedDatabaseException.unreachable(ex);
		}
	}

	/**
	 * Tells whether a directory has a database that could be copied.
	 * @param directory the data directory
	 * @return {@code true} if so
	 */
	public static boolean isPossible(Path directory) {
		return Files.exists(directory.resolve(Sqlite.FILE));
	}

	private Map<String, Long> copy(Map<String, String> settings) throws SQLException {
		try (Connection source = this.from.getConnection(); Connection target = this.to.getConnection()) {
			target.setAutoCommit(false);
			try {
				Map<String, Long> counts = copy(source, target);
				insert(settings, target);
				target.commit();
				return counts;
			}
			catch (SQLException | RuntimeException ex) {
				target.rollback();
				throw ex;
			}
		}
	}

	private static Map<String, Long> copy(Connection source, Connection target) throws SQLException {
		// This lock keeps all writers out, also a replica that was started too early.
		execute(target, "select version from pulsehook_turn for update");
		// These are the ones that a replica left that was started before.
		execute(target, "delete from pulsehook_handler");
		execute(target, "delete from pulsehook_setting");
		Map<String, Long> counts = new LinkedHashMap<>();
		for (Table table : TABLES) {
			requireEmpty(table, target);
			copy(table, source, target);
			counts.put(table.name(), compare(table, source, target));
		}
		for (String table : List.of("pulsehook_event", "pulsehook_replay", "pulsehook_reconciliation",
				"pulsehook_missing")) {
			execute(target, "select setval(pg_get_serial_sequence('%1$s', 'id'), max(id)) from %1$s".formatted(table));
		}
		return counts;
	}

	private static void insert(Map<String, String> settings, Connection target) throws SQLException {
		try (PreparedStatement insert = target.prepareStatement("insert into pulsehook_setting values (?, ?)")) {
			for (Map.Entry<String, String> setting : settings.entrySet()) {
				insert.setString(1, setting.getKey());
				insert.setString(2, setting.getValue());
				insert.executeUpdate();
			}
		}
	}

	private static void requireEmpty(Table table, Connection target) throws SQLException {
		if (count(table, target) > 0) {
			throw new IllegalStateException(("The table %s of the PostgreSQL database has rows already. Nothing was "
					+ "copied. Name an empty database with spring.datasource.url.")
				.formatted(table.name()));
		}
	}

	private static void copy(Table table, Connection source, Connection target) throws SQLException {
		try (Statement select = source.createStatement();
				ResultSet row = select.executeQuery(
						"select %s from %s order by %s".formatted(table.columns(), table.rows(), table.key()));
				PreparedStatement insert = target.prepareStatement(table.insert())) {
			int waiting = 0;
			long bytes = 0;
			while (row.next()) {
				bytes += add(table, row, insert);
				waiting++;
				if (waiting == BATCH || bytes >= BATCH_BYTES) {
					insert.executeBatch();
					waiting = 0;
					bytes = 0;
				}
			}
			insert.executeBatch();
		}
	}

	// Adds a row to the batch and returns the size of its texts and bodies.
	private static long add(Table table, ResultSet row, PreparedStatement insert) throws SQLException {
		long bytes = 0;
		for (int i = 1; i <= table.width(); i++) {
			Object value = row.getObject(i);
			insert.setObject(i, value);
			bytes += size(value);
		}
		insert.addBatch();
		return bytes;
	}

	private static long size(@Nullable Object value) {
		if (value instanceof byte[] body) {
			return body.length;
		}
		return (value instanceof String text) ? text.length() : 0;
	}

	private static long compare(Table table, Connection source, Connection target) throws SQLException {
		long before = count(table, source);
		long after = count(table, target);
		if (before != after) {
			throw new IllegalStateException("%s has %d rows, of which %d have arrived. Nothing was copied."
				.formatted(table.name(), before, after));
		}
		return after;
	}

	private static long count(Table table, Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select count(*) from " + table.rows())) {
			row.next();
			return row.getLong(1);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private record Table(String name, String key, String columns, String condition) {

		Table(String name, String key, String columns) {
			this(name, key, columns, "true");
		}

		// Returns the table with the condition that its copied rows meet.
		String rows() {
			return this.name + " where " + this.condition;
		}

		int width() {
			return this.columns.split(",").length;
		}

		String insert() {
			return "insert into %s (%s) overriding system value values (%s)".formatted(this.name, this.columns,
					String.join(", ", Collections.nCopies(width(), "?")));
		}

	}

}
