package io.pulsehook.console;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.PostgresqlServer;

/**
 * Tests the pages with a large PostgreSQL database.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargePostgresqlDatabaseTests extends LargeDatabase {

	private static final String NUMBERS = "with n (i) as (select i from generate_series(cast(1 as bigint), %d) i)";

	@BeforeAll
	void start(@TempDir Path directory) throws SQLException {
		String database = PostgresqlServer.create();
		this.service = new DemoService(directory.resolve("data"),
				"--spring.datasource.url=" + PostgresqlServer.url(database), "--pulsehook.retention=40d");
		long monthAgo = System.currentTimeMillis() - Duration.ofDays(30).toMillis();
		for (String sql : fill(NUMBERS.formatted(EVENTS), NUMBERS.formatted(43_200), "convert_to(%s, 'UTF8')")) {
			PostgresqlServer.execute(database, sql.formatted(monthAgo));
		}
		PostgresqlServer.execute(database,
				"select setval(pg_get_serial_sequence('pulsehook_event', 'id'), " + EVENTS + ")");
		PostgresqlServer.execute(database, "vacuum analyze");
	}

	@AfterAll
	void stop() {
		Objects.requireNonNull(this.service).close();
	}

}
