package io.pulsehook.inbox.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DirectoryUse;

/**
 * What it means when SQLite fails: it refuses the data, the database is damaged, or
 * nothing can be written just now.
 */
final class SqliteErrors {

	/** What SQLite says when it cannot read what it has written. */
	private static final Set<SQLiteErrorCode> DAMAGE = Set.of(SQLiteErrorCode.SQLITE_CORRUPT,
			SQLiteErrorCode.SQLITE_NOTADB);

	private SqliteErrors() {
	}

	/**
	 * Whether SQLite refused the data, as opposed to being unable to write at all.
	 * @param ex what was thrown
	 * @return {@code true} if other data could be written
	 */
	static boolean refusesData(SQLException ex) {
		return ex instanceof SQLiteException refusal && DatabaseErrors.isAboutData(refusal);
	}

	/**
	 * Explains what is to be done about a damaged database.
	 * @param use what its directory is for
	 * @param file the database file
	 * @param thrown what was thrown; Flyway and batches wrap what SQLite says
	 * @return the explanation, or {@code null} if this does not mean damage
	 */
	static @Nullable DataDirectoryException damage(DirectoryUse use, Path file, Throwable thrown) {
		for (Throwable each = thrown; each != null; each = each.getCause()) {
			if (each instanceof SQLiteException said && DAMAGE.contains(DatabaseErrors.primary(said))) {
				return DataDirectoryException.damaged(use, file, said);
			}
		}
		return null;
	}

	/**
	 * Explains why the database cannot be opened.
	 * @param use what its directory is for
	 * @param file the database file
	 * @param ex what was thrown
	 * @return an exception that says what can be done about it
	 */
	static RuntimeException unopened(DirectoryUse use, Path file, Exception ex) {
		DataDirectoryException damage = damage(use, file, ex);
		if (damage != null) {
			return damage;
		}
		return (ex instanceof FlywayException migration) ? migration
				: DataDirectoryException.unusable(use, file.resolveSibling(""), ex);
	}

}
