package io.pulsehook.console;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the pages with a large SQLite database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeDatabaseTests extends LargeDatabase {

	private static final String NUMBERS = "with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)";

	@BeforeAll
	void start(@TempDir Path directory) throws SQLException {
		this.service = new DemoService(directory.resolve("data"));
		long monthAgo = System.currentTimeMillis() - Duration.ofDays(30).toMillis();
		try (Connection connection = this.service.connection(); Statement statement = connection.createStatement()) {
			statement.execute("pragma synchronous = off");
			statement.execute("pragma cache_size = -200000");
			connection.setAutoCommit(false);
			for (String sql : fill(NUMBERS.formatted(EVENTS), NUMBERS.formatted(43_200), "cast(%s as blob)")) {
				statement.executeUpdate(sql.formatted(monthAgo));
			}
			connection.commit();
		}
	}

	@AfterAll
	void stop() {
		Objects.requireNonNull(this.service).close();
	}

}
