package io.pulsehook.inbox;

import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A way to a server on which nobody listens until the test mends it.
 */
public final class CutWay extends DelegatingDataSource {

	private volatile boolean cut = true;

	public CutWay(DataSource server) {
		super(server);
	}

	// Leads no new connection to the server from now on.
	public void cut() {
		this.cut = true;
	}

	// Leads new connections to the server from now on.
	public void mend() {
		this.cut = false;
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.cut) {
			throw new PSQLException("Connection to 10.0.0.1:5432 refused", PSQLState.CONNECTION_UNABLE_TO_CONNECT,
					new ConnectException("refused"));
		}
		return super.getConnection();
	}

}
