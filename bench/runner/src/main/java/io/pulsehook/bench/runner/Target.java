package io.pulsehook.bench.runner;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

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

	Load full(int connections, Duration time) throws IOException, InterruptedException, SQLException {
		Load load = Load.full(this.server.webhook(), connections, time);
		settle();
		return load;
	}

	Load at(double perSecond, Duration time) throws IOException, InterruptedException, SQLException {
		Load load = Load.at(perSecond, this.server.webhook(), CONNECTIONS, time);
		settle();
		return load;
	}

	// The next one shall not pay for what this one has left to do.
	private void settle() throws SQLException, InterruptedException {
		if (this.store != null) {
			this.store.awaitIdle();
		}
	}

}
