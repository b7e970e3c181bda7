package io.pulsehook.bench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
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

	/** Where cutime and cstime stand, after the name of the command. */
	private static final int CHILDREN_TIME = 13;

	private static final int MILLIS_PER_TICK = 10;

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	/** How many deliveries are neither done nor dead. */
	long unfinished() throws SQLException {
		return number("select count(*) from pulsehook_delivery where finished_at is null");
	}

	/** How many events it has. */
	long events() throws SQLException {
		return number("select count(*) from pulsehook_event");
	}

	long number(String query) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getLong(1);
		}
	}

	/**
	 * What the database's own processes have used of the processors so far, those that
	 * have ended among them.
	 */
	Duration processorTime() throws IOException {
		if (this.server == null) {
			return Duration.ZERO;
		}
		String stat = Files.readString(Path.of("/proc", Long.toString(this.server.pid()), "stat"));
		long ended = Arrays.stream(stat.substring(stat.lastIndexOf(')') + 2).split(" "))
			.skip(CHILDREN_TIME)
			.limit(2)
			.mapToLong(Long::parseLong)
			.sum();
		return Stream.concat(Stream.of(this.server), this.server.descendants())
			.map((process) -> process.info().totalCpuDuration().orElse(Duration.ZERO))
			.reduce(Duration.ofMillis(ended * MILLIS_PER_TICK), Duration::plus);
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
