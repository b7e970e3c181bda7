package io.pulsehook.inbox;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteException;

/**
 * Why the database did not do something, in one line that quotes no data: messages of
 * databases tell of rows and keys, of values that they refuse, and what triggers say.
 */
public final class Reason {

	/** Of SQLSTATEs, what is about data, or was said by a trigger of the operator's. */
	private static final Set<String> DATA_CLASSES = Set.of("22", "23", "P0");

	private static final int DEEPEST = 20;

	private Reason() {
	}

	/**
	 * Tells of what was thrown, or rather of what the database said that led to it.
	 * @param thrown what was thrown
	 * @return a line, or several where it did not come from a database
	 */
	public static String of(Throwable thrown) {
		SQLException said = innermost(thrown, SQLException.class);
		if (said != null) {
			return withoutFullStop(of(said));
		}
		InboxUnavailableException unavailable = innermost(thrown, InboxUnavailableException.class);
		return (unavailable != null) ? withoutFullStop(String.valueOf(unavailable.getMessage())) : Frames.of(thrown);
	}

	private static String of(SQLException said) {
		if (said instanceof SQLiteException refusal && Sqlite.isAboutData(refusal)) {
			return refusal.getResultCode().toString();
		}
		ServerErrorMessage error = (said instanceof PSQLException refusal) ? refusal.getServerErrorMessage() : null;
		String state = said.getSQLState();
		if (state != null && state.length() == 5 && DATA_CLASSES.contains(state.substring(0, 2))) {
			return "SQLSTATE " + state + ((error != null) ? place(error) : "");
		}
		return (error != null) ? error.getSeverity() + ": " + error.getMessage() : String.valueOf(said.getMessage());
	}

	private static String place(ServerErrorMessage error) {
		return ((error.getTable() != null) ? " on table " + error.getTable() : "")
				+ ((error.getConstraint() != null) ? ", constraint " + error.getConstraint() : "");
	}

	// A pool only knows that it has no connection; what it wraps says why.
	static <T extends Throwable> @Nullable T innermost(Throwable thrown, Class<T> type) {
		T innermost = null;
		int depth = 0;
		for (Throwable each = thrown; each != null && depth < DEEPEST; each = each.getCause()) {
			innermost = type.isInstance(each) ? type.cast(each) : innermost;
			depth++;
		}
		return innermost;
	}

	// To go on in the same sentence.
	private static String withoutFullStop(String text) {
		return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
	}

}
