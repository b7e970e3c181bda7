package io.pulsehook.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections on which nothing is waited for without end, as when the server's
 * machine has gone without a word, and on which each statement is a transaction.
 */
final class BoundedDataSource extends DelegatingDataSource {

	/** Beyond what the server itself is told to end a statement after. */
	private static final Duration MARGIN = Duration.ofSeconds(1);

	private final int timeoutMillis;

	BoundedDataSource(DataSource dataSource, Duration timeout) {
		super(dataSource);
		this.timeoutMillis = Math.toIntExact(timeout.plus(MARGIN).toMillis());
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		try {
			connection.setNetworkTimeout(Runnable::run, this.timeoutMillis);
			connection.setAutoCommit(true);
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

}
