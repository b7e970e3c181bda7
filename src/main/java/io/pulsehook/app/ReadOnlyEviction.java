package io.pulsehook.app;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Makes the connection pool close connections to a server that has become read-only, as
 * after a failover, because new connections may lead to its successor.
 */
public final class ReadOnlyEviction implements SQLExceptionOverride {

	private static final String READ_ONLY_TRANSACTION = "25006";

	// The annotation needs its whole name here, because the type of the result is called
	// Override too.
	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		return READ_ONLY_TRANSACTION.equals(ex.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
	}

}
