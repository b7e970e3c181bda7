package io.pulsehook.inbox.postgresql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.EventFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that connections return to an application's pool in the state in which they came,
 * whichever pool it is.
 */
class BorrowedConnectionTests {

	private static final int SIZE = 8;

	@TempDir
	private Path directory;

	private @Nullable DataSource created;

	@AfterEach
	void close() throws SQLException {
		if (this.created != null) {
			HostPool.close(this.created);
		}
	}

	@ParameterizedTest
	@EnumSource
	void theNextBorrowerFindsNothingOfTheFormer(HostPool kind) throws SQLException {
		String database = PostgresqlServer.create();
		DataSource pool = create(kind, url(database), 1);
		Map<String, String> before = stateOfNext(pool);
		DataSource bounded = new BoundedDataSource(pool, Duration.ofSeconds(5));
		try (BorrowedConnection connection = (BorrowedConnection) bounded.getConnection();
				Statement statement = connection.createStatement()) {
			connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
			connection.set("statement_timeout", "5000");
			connection.set("statement_timeout", "6000");
			connection.setAutoCommit(false);
			statement.executeUpdate("insert into pulsehook_setting values ('name', 'not committed')");
			assertThat(state(connection)).containsEntry("statement_timeout", "6000")
				.containsEntry("network timeout", "6000")
				.containsEntry("read-only", "false");
			statement.executeUpdate("insert into pulsehook_setting values ('other', 'not committed')");
		}
		assertThat(stateOfNext(pool)).isEqualTo(before);
		assertThat(PostgresqlServer.number(database, "select count(*) from pulsehook_setting")).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void everyConnectionGoesBackAsItCame(HostPool kind) throws Exception {
		DataSource pool = create(kind, url(PostgresqlServer.createEmpty()), SIZE);
		Map<String, String> before = stateOfNext(pool);
		assertThat(before).containsEntry("statement_timeout", "77000").containsEntry("network timeout", "55000");
		try (Storage storage = Storage.open(TestDatabase.settings(this.directory), pool, null)) {
			storage.inbox().subscribe(List.of(new Subscription("handler", Set.of("OpenChat"), true)), (arrivals) -> {
			});
			storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
			assertThat(storage.events().page(EventFilter.ALL, null, 10).events()).hasSize(1);
			storage.inbox().unsubscribe();
		}
		List<Connection> all = new ArrayList<>();
		try {
			for (int i = 0; i < SIZE; i++) {
				all.add(pool.getConnection());
				assertThat(state(all.get(i))).isEqualTo(before);
			}
		}
		finally {
			for (Connection connection : all) {
				connection.close();
			}
		}
	}

	private DataSource create(HostPool kind, String url, int size) {
		DataSource pool = kind.create(url, size);
		this.created = pool;
		return pool;
	}

	// The socketTimeout is in seconds without an answer from the server.
	private static String url(String database) {
		return PostgresqlServer.url(database) + "&socketTimeout=55";
	}

	private static Map<String, String> stateOfNext(DataSource pool) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			return state(connection);
		}
	}

	private static Map<String, String> state(Connection connection) throws SQLException {
		Map<String, String> state = new TreeMap<>();
		state.put("autocommit", String.valueOf(connection.getAutoCommit()));
		state.put("read-only", String.valueOf(connection.isReadOnly()));
		state.put("isolation", String.valueOf(connection.getTransactionIsolation()));
		state.put("network timeout", String.valueOf(connection.getNetworkTimeout()));
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"select name, setting from pg_settings union all select 'listening', string_agg(c, ',')"
								+ " from pg_listening_channels() c")) {
			while (row.next()) {
				state.put(row.getString(1), String.valueOf(row.getString(2)));
			}
		}
		if (!connection.getAutoCommit()) {
			connection.rollback();
		}
		return state;
	}

}
