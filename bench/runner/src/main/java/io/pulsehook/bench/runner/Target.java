package io.pulsehook.bench.runner;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Something that is measured.
 *
 * @param name what it is called in the table
 * @param server where it runs
 * @param store where it keeps its deliveries, or {@code null} if it has none
 */
record Target(String name, Server server, @Nullable Store store) {

	static final int CONNECTIONS = 64;

	private static final double MILLIS_PER_SECOND = 1000;

	private static final int TRIES = 2;

	/** Where it keeps its deliveries. */
	Store requiredStore() {
		return Objects.requireNonNull(this.store, () -> this.name + " has no database of its own");
	}

	Load full(int connections, Duration time) throws IOException, InterruptedException, SQLException {
		Load load = Load.full(this.server.webhook(), connections, time);
		settle();
		return load;
	}

	/** Posts with so long a pause, on average, on each connection. */
	Load thinking(double millis, Duration time) throws IOException, InterruptedException, SQLException {
		return thinking(millis, CONNECTIONS, time);
	}

	/** The same over so many connections. */
	Load thinking(double millis, int connections, Duration time)
			throws IOException, InterruptedException, SQLException {
		Load load = Load.thinking(millis, this.server.webhook(), connections, time);
		settle();
		return load;
	}

	/** Finds the pause, in milliseconds, with which so many are posted in a second. */
	double pauseFor(double perSecond) throws IOException, InterruptedException, SQLException {
		double between = CONNECTIONS * MILLIS_PER_SECOND / perSecond;
		double pause = between;
		for (int i = 0; i < TRIES; i++) {
			// What is not the pause is the answer.
			double answer = CONNECTIONS * MILLIS_PER_SECOND / thinking(pause, Rounds.TURN).perSecond() - pause;
			pause = Math.max(0, between - answer);
		}
		return pause;
	}

	// The next one shall not pay for what this one has left to do.
	private void settle() throws SQLException, InterruptedException {
		if (this.store != null) {
			this.store.awaitIdle();
		}
	}

}
