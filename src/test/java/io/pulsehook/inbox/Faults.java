package io.pulsehook.inbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import io.pulsehook.inbox.write.Dialect;

/**
 * A database that throws what a test tells it to, in the method that the test names.
 */
public final class Faults {

	private final Dialect dialect;

	private final AtomicInteger transactions = new AtomicInteger();

	private volatile @Nullable String place;

	private volatile @Nullable Throwable thrown;

	public Faults(Dialect dialect) {
		this.dialect = dialect;
	}

	// Makes a method of the database throw from now on.
	public void at(String method, Throwable fault) {
		this.thrown = fault;
		this.place = method;
	}

	public void end() {
		this.place = null;
	}

	// Returns how many transactions have begun.
	public int transactions() {
		return this.transactions.get();
	}

	public Dialect dialect() {
		return (Dialect) Proxy.newProxyInstance(Dialect.class.getClassLoader(), new Class<?>[] { Dialect.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("begin")) {
						this.transactions.incrementAndGet();
					}
					if (method.getName().equals(this.place)) {
						throw this.thrown;
					}
					try {
						return method.invoke(this.dialect, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/** Creates the exception with which a database refuses data. */
	public SQLException refusal() {
		return this.dialect.isShared() ? new SQLException("refused", "23514")
				: new SQLiteException("refused", SQLiteErrorCode.SQLITE_CONSTRAINT_CHECK);
	}

}
