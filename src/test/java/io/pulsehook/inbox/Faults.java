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
 * A database that fails where it is told to, with whatever it is told to throw.
 */
public final class Faults {

	private final Dialect dialect;

	private final AtomicInteger transactions = new AtomicInteger();

	private volatile @Nullable String place;

	private volatile @Nullable Throwable thrown;

	public Faults(Dialect dialect) {
		this.dialect = dialect;
	}

	// Fails from now on, in a method of the database.
	public void at(String method, Throwable fault) {
		this.thrown = fault;
		this.place = method;
	}

	public void end() {
		this.place = null;
	}

	// How many transactions have begun.
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

	/** As a database says it of data. */
	public SQLException refusal() {
		return this.dialect.isShared() ? new SQLException("refused", "23514")
				: new SQLiteException("refused", SQLiteErrorCode.SQLITE_CONSTRAINT_CHECK);
	}

}
