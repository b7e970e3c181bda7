package io.pulsehook.inbox.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that can lose the answer to a statement after the server has executed it.
 */
public final class InterruptedAnswers extends DelegatingDataSource {

	private static final String COMMIT = "commit";

	private volatile String lost = "";

	public InterruptedAnswers(DataSource dataSource) {
		super(dataSource);
	}

	// Loses the next answer to a statement that contains this text, or to a commit if it
	// is "commit", also to one that ends other statements.
	public void loseNext(String text) {
		this.lost = text;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return proxy(Connection.class, super.getConnection(), this::answer);
	}

	private Object answer(Method method, Object[] arguments, Object result) throws SQLException {
		if (method.getName().equals(this.lost)) {
			throw lose();
		}
		if (result instanceof PreparedStatement statement) {
			String sql = (String) arguments[0];
			return proxy(PreparedStatement.class, statement, (call, values, answer) -> execute(sql, call, answer));
		}
		return result;
	}

	private boolean isLost(String sql) {
		return this.lost.equals(COMMIT) ? sql.endsWith(COMMIT) : !this.lost.isEmpty() && sql.contains(this.lost);
	}

	private Object execute(String sql, Method method, Object result) throws SQLException {
		if (method.getName().startsWith("execute") && isLost(sql)) {
			throw lose();
		}
		return result;
	}

	private SQLException lose() {
		this.lost = "";
		return new SQLException("The answer was lost.", "08006");
	}

	private static <T> T proxy(Class<T> type, T target, Answer answer) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> answer.give(method, arguments, invoke(target, method, arguments))));
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	/** Returns the result of a method, or another in its place. */
	@FunctionalInterface
	private interface Answer {

		Object give(Method method, Object[] arguments, Object result) throws SQLException;

	}

}
