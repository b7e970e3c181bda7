package io.pulsehook.bench.runner;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A database of its own for one of those that are compared.
 *
 * @param name which product it is
 * @param url leads to it
 * @param arguments what Pulsehook is told of it
 * @param handWritten what the baseline written by hand is told of it
 * @param server the database's own process, or {@code null} if it has none
 */
record Store(String name, String url, List<String> arguments, List<String> handWritten,
		@Nullable ProcessHandle server) {

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	/** How many deliveries are neither done nor dead. */
	long unfinished() throws SQLException {
		return number("select count(*) from pulsehook_delivery where finished_at is null");
	}

	long number(String query) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getLong(1);
		}
	}

	/** What the database's own processes have used of the processors so far. */
	Duration processorTime() {
		return (this.server != null) ? Stream.concat(Stream.of(this.server), this.server.descendants())
			.map((process) -> process.info().totalCpuDuration().orElse(Duration.ZERO))
			.reduce(Duration.ZERO, Duration::plus) : Duration.ZERO;
	}

	/** Waits until every delivery has ended. */
	void awaitIdle() throws SQLException, InterruptedException {
		long begin = System.nanoTime();
		while (unfinished() > 0) {
			if (System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new IllegalStateException("The deliveries did not end");
			}
			Thread.sleep(20);
		}
	}

}
