package io.pulsehook.failure;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Describes why a database operation failed, in one line that quotes no data. The
 * messages of the databases themselves can quote rows, keys, refused values and the texts
 * of triggers.
 */
public final class DatabaseErrors {

	/** The classes of SQLSTATE whose messages quote data, or come from a trigger. */
	private static final Set<String> DATA_CLASSES = Set.of("22", "23", "P0");

	/** The codes with which SQLite refuses data. */
	private static final Set<SQLiteErrorCode> REFUSALS = Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT,
			SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_MISMATCH, SQLiteErrorCode.SQLITE_RANGE);

	private static final int DEEPEST = 20;

	private DatabaseErrors() {
	}

	/**
	 * Describes a failure by what the database said, or by its stack frames if it came
	 * from elsewhere.
	 * @param thrown what was thrown
	 * @return one line, or several if it did not come from a database
	 */
	public static String of(Throwable thrown) {
		SQLException said = innermost(thrown, SQLException.class);
		if (said != null) {
			return withoutFullStop(of(said));
		}
		Throwable discreet = innermost(thrown, Discreet.class::isInstance);
		return (discreet != null) ? withoutFullStop(String.valueOf(discreet.getMessage())) : StackFrames.of(thrown);
	}

	private static String of(SQLException said) {
		if (said instanceof SQLiteException refusal && isAboutData(refusal)) {
			return refusal.getResultCode().toString();
		}
		ServerErrorMessage error = (said instanceof PSQLException refusal) ? refusal.getServerErrorMessage() : null;
		String state = said.getSQLState();
		if (state != null && state.length() == 5 && DATA_CLASSES.contains(state.substring(0, 2))) {
			return "SQLSTATE " + state + ((error != null) ? place(error) : "");
		}
		return (error != null) ? error.getSeverity() + ": " + error.getMessage()
				: withoutFullStop(String.valueOf(said.getMessage())) + network(said.getCause());
	}

	// The driver says no more than that the attempt failed, and the cause's message can
	// have a user and a password where a URL was written wrongly.
	private static String network(@Nullable Throwable cause) {
		if (cause instanceof UnknownHostException) {
			return ": its host is not known";
		}
		return (cause instanceof SocketTimeoutException) ? ": there was no answer in time" : "";
	}

	private static String place(ServerErrorMessage error) {
		return ((error.getTable() != null) ? " on table " + error.getTable() : "")
				+ ((error.getConstraint() != null) ? ", constraint " + error.getConstraint() : "");
	}

	/**
	 * Whether SQLite refuses data, as opposed to being unable to write at all.
	 * @param ex the exception of SQLite
	 * @return {@code true} if other data could be written
	 */
	public static boolean isAboutData(SQLiteException ex) {
		return REFUSALS.contains(primary(ex));
	}

	/**
	 * Returns the primary code of an extended one, such as SQLITE_CONSTRAINT of
	 * SQLITE_CONSTRAINT_UNIQUE.
	 * @param ex the exception of SQLite
	 * @return the primary code
	 */
	public static SQLiteErrorCode primary(SQLiteException ex) {
		return SQLiteErrorCode.getErrorCode(ex.getResultCode().code & 0xFF);
	}

	/**
	 * Finds the deepest cause of a type, which says most: a connection pool's exception
	 * only says that there is no connection, and the cause in it says why.
	 * @param <T> the type
	 * @param thrown what was thrown
	 * @param type the type
	 * @return the cause that is deepest, or {@code null} if there is none of this type
	 */
	public static <T extends Throwable> @Nullable T innermost(Throwable thrown, Class<T> type) {
		Throwable found = innermost(thrown, type::isInstance);
		return (found != null) ? type.cast(found) : null;
	}

	private static @Nullable Throwable innermost(Throwable thrown, Predicate<Throwable> wanted) {
		Throwable innermost = null;
		int depth = 0;
		for (Throwable each = thrown; each != null && depth < DEEPEST; each = each.getCause()) {
			innermost = wanted.test(each) ? each : innermost;
			depth++;
		}
		return innermost;
	}

	// Lets the caller go on in the same sentence.
	private static String withoutFullStop(String text) {
		return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
	}

}
