package io.pulsehook.inbox.model;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.failure.Discreet;

/**
 * Thrown when the application's database cannot keep the inbox. The message says why, and
 * {@link #action()} what to do.
 */
public class UnsupportedDatabaseException extends RuntimeException implements Discreet {

	private final String action;

	UnsupportedDatabaseException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	/**
	 * Explains that the application has several databases, and none of them is the
	 * primary one.
	 * @param dataSources the names of their beans
	 * @return the exception
	 */
	public static UnsupportedDatabaseException ambiguous(Collection<String> dataSources) {
		return new UnsupportedDatabaseException(
				"The application has several DataSources and none is the primary one, so it is open where events are to "
						+ "be kept: " + String.join(", ", dataSources) + ".",
				"Mark one that leads to PostgreSQL as @Primary, or set pulsehook.database=sqlite to keep events in a file "
						+ "in pulsehook.data-dir.",
				null);
	}

	public static UnsupportedDatabaseException product(String product) {
		return new UnsupportedDatabaseException(
				"The application's DataSource leads to %s. Events can be kept in SQLite or PostgreSQL."
					.formatted(product),
				"Set pulsehook.database=sqlite to keep them in a file in pulsehook.data-dir, beside that database, "
						+ "or use a DataSource that leads to PostgreSQL.",
				null);
	}

	public static UnsupportedDatabaseException version(String version) {
		return new UnsupportedDatabaseException(
				"The database is PostgreSQL %s. Events can be kept in PostgreSQL 14 and later.".formatted(version),
				"Upgrade the server, or set pulsehook.database=sqlite to keep events in a file in pulsehook.data-dir.",
				null);
	}

	public static UnsupportedDatabaseException misconfigured() {
		return new UnsupportedDatabaseException("The settings under spring.datasource do not lead to a database.",
				"See that spring.datasource.url has the form jdbc:postgresql://host:5432/database, and that what is set "
						+ "beside it are settings of the pool and of the driver.",
				null);
	}

	/**
	 * Explains that a spool is for PostgreSQL only.
	 * @return the exception
	 */
	public static UnsupportedDatabaseException needsNoSpool() {
		return new UnsupportedDatabaseException(
				"A spool is configured (pulsehook.spool.directory), but events are kept in SQLite. With SQLite the inbox "
						+ "itself is a file on this disk, which nothing can keep apart from this process.",
				"Remove pulsehook.spool.directory, or set spring.datasource.url to keep events in PostgreSQL.", null);
	}

	public static UnsupportedDatabaseException unreachable(Throwable cause) {
		return new UnsupportedDatabaseException("The database cannot be used: " + DatabaseErrors.of(cause) + ".",
				"See that the server runs and is reached at spring.datasource.url, that user and password are right, and "
						+ "that the user may create tables there.",
				cause);
	}

	/**
	 * Says what the operator can do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
