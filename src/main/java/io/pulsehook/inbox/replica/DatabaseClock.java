package io.pulsehook.inbox.replica;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The server's clock, which all replicas share. It is read now and then; in between, it
 * goes on by the time that passes here, whatever happens to the clock of this machine.
 * Before it was ever read, the clock of this machine stands in for it.
 */
public final class DatabaseClock implements InstantSource {

	private static final String NOW = "select (extract(epoch from clock_timestamp()) * 1000)::bigint as now";

	private volatile Reading reading = new Reading(Instant.now(), System.nanoTime());

	/**
	 * Reads the server's clock.
	 * @param connection leads to the server
	 * @return by how much this clock was set; a large step means that the server's clock
	 * was set
	 * @throws SQLException if the database fails
	 */
	public Duration read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			long asked = System.nanoTime();
			try (ResultSet row = statement.executeQuery(NOW)) {
				row.next();
				return set(Instant.ofEpochMilli(row.getLong("now")), asked);
			}
		}
	}

	// Assumes that the server read its clock in the middle between question and answer.
	private Duration set(Instant answer, long askedAt) {
		Instant before = instant();
		long received = System.nanoTime();
		this.reading = new Reading(answer, askedAt + (received - askedAt) / 2);
		return Duration.between(before, instant());
	}

	@Override
	public Instant instant() {
		Reading last = this.reading;
		return last.time().plusNanos(System.nanoTime() - last.nanoTime());
	}

	private record Reading(Instant time, long nanoTime) {

	}

}
