package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections that fail when the server does not answer in time, as when its
 * machine is gone, and on which each statement is a transaction that may write.
 */
public final class BoundedDataSource extends DelegatingDataSource {

	/**
	 * Gives the server's own timeout for statements the time to end a statement first.
	 */
	private static final Duration MARGIN = Duration.ofSeconds(1);

	private final int timeoutMillis;

	public BoundedDataSource(DataSource dataSource, Duration timeout) {
		super(dataSource);
		this.timeoutMillis = Math.toIntExact(timeout.plus(MARGIN).toMillis());
	}

	@Override
	public BorrowedConnection getConnection() throws SQLException {
		BorrowedConnection connection = borrow(super.getConnection());
		try {
			connection.setNetworkTimeout(Runnable::run, this.timeoutMillis);
			connection.setAutoCommit(true);
			if (connection.isReadOnly()) {
				connection.setReadOnly(false);
			}
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	private static BorrowedConnection borrow(Connection connection) throws SQLException {
		try {
			return Loan.of(connection);
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

}
