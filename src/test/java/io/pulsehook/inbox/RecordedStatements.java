package io.pulsehook.inbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that records the statements that are prepared on its connections, each
 * with the types of its parameters.
 */
public final class RecordedStatements extends DelegatingDataSource {

	private final Map<String, Map<Integer, String>> statements = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> executions = new ConcurrentHashMap<>();

	public RecordedStatements(DataSource dataSource) {
		super(dataSource);
	}

	// Returns, for each statement that has run, the types of its parameters by their
	// numbers.
	public Map<String, Map<Integer, String>> statements() {
		return this.statements;
	}

	// Returns how often statements have run that contain a text.
	public long executions(String text) {
		return this.executions.entrySet()
			.stream()
			.filter((statement) -> statement.getKey().contains(text))
			.mapToLong((statement) -> statement.getValue().sum())
			.sum();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return connection(super.getConnection());
	}

	private Connection connection(Connection target) {
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					Object result = invoke(target, method, arguments);
					return (result instanceof PreparedStatement statement) ? statement(statement, (String) arguments[0])
							: result;
				});
	}

	private PreparedStatement statement(PreparedStatement target, String sql) {
		Map<Integer, String> types = new TreeMap<>();
		return (PreparedStatement) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { PreparedStatement.class }, (proxy, method, arguments) -> {
					if (method.getName().startsWith("set") && arguments.length >= 2) {
						types.put((Integer) arguments[0], type(method, arguments[1]));
					}
					if (method.getName().startsWith("execute")) {
						record(sql, types);
					}
					return invoke(target, method, arguments);
				});
	}

	// Several statements that go to the server together are recorded one by one, as the
	// server plans them.
	private void record(String together, Map<Integer, String> types) {
		int first = 1;
		for (String sql : together.split(";\n")) {
			int parameters = (int) sql.chars().filter((character) -> character == '?').count();
			Map<Integer, String> own = new TreeMap<>();
			for (int number = 1; number <= parameters; number++) {
				own.put(number, types.get(first));
				first++;
			}
			this.statements.put(sql, own);
			this.executions.computeIfAbsent(sql, (key) -> new LongAdder()).increment();
		}
	}

	private static String type(Method method, Object value) throws SQLException {
		if (value instanceof Array array) {
			return array.getBaseTypeName() + "[]";
		}
		if (value instanceof String) {
			return "text";
		}
		if (value instanceof Boolean) {
			return "boolean";
		}
		if (value instanceof byte[]) {
			return "bytea";
		}
		return (value instanceof Integer && !method.getName().equals("setNull")) ? "int" : "bigint";
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

}
