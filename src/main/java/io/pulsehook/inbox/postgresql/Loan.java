package io.pulsehook.inbox.postgresql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link BorrowedConnection} of any connection, by remembering how it was when it
 * was borrowed.
 */
final class Loan implements InvocationHandler {

	private static final String GET = "select current_setting(?)";

	private static final String SET = "select set_config(?, ?, false)";

	private final Connection connection;

	private final boolean autoCommit;

	private final boolean readOnly;

	private final int networkTimeout;

	private final Map<String, String> parameters = new LinkedHashMap<>();

	private @Nullable Integer isolation;

	private Loan(Connection connection) throws SQLException {
		this.connection = connection;
		this.autoCommit = connection.getAutoCommit();
		this.readOnly = connection.isReadOnly();
		this.networkTimeout = connection.getNetworkTimeout();
	}

	/**
	 * Borrows a connection.
	 * @param connection a connection of a pool
	 * @return the same connection, to be given back by closing it
	 */
	static BorrowedConnection of(Connection connection) throws SQLException {
		return (BorrowedConnection) Proxy.newProxyInstance(Loan.class.getClassLoader(),
				new Class<?>[] { BorrowedConnection.class }, new Loan(connection));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		Object[] given = (arguments != null) ? arguments : new Object[0];
		switch (method.getName()) {
			case "close" -> {
				giveBack();
				return null;
			}
			case "set" -> {
				set((String) given[0], (String) given[1]);
				return null;
			}
			case "equals" -> {
				return proxy == given[0];
			}
			case "setTransactionIsolation" -> rememberIsolation();
			default -> {
				// No other method that is called here changes the connection for good.
			}
		}
		try {
			return method.invoke(this.connection, given);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private void rememberIsolation() throws SQLException {
		if (this.isolation == null) {
			this.isolation = this.connection.getTransactionIsolation();
		}
	}

	private void set(String parameter, String value) throws SQLException {
		if (!this.parameters.containsKey(parameter)) {
			this.parameters.put(parameter, query(GET, parameter));
		}
		query(SET, parameter, value);
	}

	private String query(String sql, String... arguments) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int i = 0; i < arguments.length; i++) {
				statement.setString(i + 1, arguments[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getString(1);
			}
		}
	}

	private void giveBack() throws SQLException {
		try (Connection returned = this.connection) {
			if (!returned.isClosed()) {
				restoreOrAbort();
			}
		}
	}

	// Ends a connection that cannot be restored: whoever gets it next from its pool must
	// not inherit its settings.
	private void restoreOrAbort() throws SQLException {
		try {
			restore();
		}
		catch (SQLException | RuntimeException ex) {
			this.connection.abort(Runnable::run);
			throw ex;
		}
	}

	private void restore() throws SQLException {
		if (!this.connection.getAutoCommit()) {
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
		for (Map.Entry<String, String> parameter : this.parameters.entrySet()) {
			query(SET, parameter.getKey(), parameter.getValue());
		}
		if (this.isolation != null) {
			this.connection.setTransactionIsolation(this.isolation);
		}
		if (this.connection.isReadOnly() != this.readOnly) {
			this.connection.setReadOnly(this.readOnly);
		}
		if (!this.autoCommit) {
			this.connection.setAutoCommit(false);
		}
		this.connection.setNetworkTimeout(Runnable::run, this.networkTimeout);
	}

}
