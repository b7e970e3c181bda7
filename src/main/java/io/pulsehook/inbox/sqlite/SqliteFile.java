package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.pulsehook.files.OwnerOnly;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DirectoryUse;

/**
 * A database in one file that this process owns: nobody else can open it meanwhile, a
 * commit is on disk when it returns, and a file that was deleted or replaced is noticed.
 */
public final class SqliteFile implements AutoCloseable {

	/** How often somebody has to look whether the files are still in their places. */
	public static final Duration WATCH_INTERVAL = SqliteFiles.WATCH_INTERVAL;

	private final DirectoryUse use;

	private final Path path;

	private final SqliteConnections connections;

	private final SqliteFiles files;

	private SqliteFile(DirectoryUse use, Path path, SqliteConnections connections, SqliteFiles files) {
		this.use = use;
		this.path = path;
		this.connections = connections;
		this.files = files;
	}

	/**
	 * Opens the database and brings its tables up to date.
	 * @param use what the directory is for
	 * @param directory the directory, which is made if it is missing
	 * @param migrations the folder of the class path that has the migrations
	 * @return the open file
	 * @throws DataDirectoryException if the directory cannot be used, another process
	 * uses it, or the database is damaged
	 */
	public static SqliteFile open(DirectoryUse use, Path directory, String migrations) {
		Path path = directory.resolve(use.database()).toAbsolutePath();
		try {
			OwnerOnly.createDirectories(directory);
			SqliteConnections connections = new SqliteConnections(path, migrations);
			SqliteFile file = new SqliteFile(use, path, connections, SqliteFiles.open(use, path, connections));
			file.migrate();
			return file;
		}
		catch (IOException | SQLException | FlywayException ex) {
			throw SqliteErrors.unopened(use, path, ex);
		}
	}

	private void migrate() {
		try {
			this.connections.migrate();
		}
		catch (RuntimeException ex) {
			throw closedAfter(ex);
		}
	}

	/**
	 * Closes the file because something failed while it was opened.
	 * @param ex what failed
	 * @return an exception to throw, which says what can be done about it
	 */
	public RuntimeException closedAfter(Exception ex) {
		try {
			close();
		}
		catch (IOException | SQLException suppressed) {
			ex.addSuppressed(suppressed);
		}
		return (ex instanceof RuntimeException thrown && !(ex instanceof FlywayException)) ? thrown
				: SqliteErrors.unopened(this.use, this.path, ex);
	}

	/**
	 * Opens the connection that everything is written on.
	 * @return a connection whose commit returns when the data is on disk
	 * @throws SQLException if the file cannot be opened, or is not in its place
	 */
	public Connection writer() throws SQLException {
		requireInPlace();
		return this.connections.writer();
	}

	/**
	 * Leads to connections that read beside the writer.
	 * @return connections that cannot write; none is opened while the file is not in its
	 * place
	 */
	public DataSource readers() {
		return new DelegatingDataSource(this.connections.readers()) {

			@Override
			public Connection getConnection() throws SQLException {
				SqliteFile.this.files.requireStoredInPlace();
				return super.getConnection();
			}

		};
	}

	/**
	 * Fails if a file was deleted or replaced since it was opened. Used by the writer's
	 * thread alone.
	 * @throws SQLException if what is written would be lost, or another process could
	 * write too
	 */
	public void requireInPlace() throws SQLException {
		this.files.requireInPlace();
	}

	/**
	 * Explains what is to be done about a damaged database.
	 * @param ex what was thrown
	 * @return the explanation, or {@code null} if this does not mean damage
	 */
	public @Nullable DataDirectoryException damage(SQLException ex) {
		return SqliteErrors.damage(this.use, this.path, ex);
	}

	@Override
	public void close() throws IOException, SQLException {
		this.files.close();
	}

}
