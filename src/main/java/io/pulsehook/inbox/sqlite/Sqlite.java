package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import io.pulsehook.failure.Reason;
import io.pulsehook.files.OwnerOnly;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.write.AtWork;
import io.pulsehook.inbox.write.Claims;
import io.pulsehook.inbox.write.Database;
import io.pulsehook.inbox.write.FileSpace;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.Interruptions;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Writer;

/**
 * The database file in the data directory: opened by one process, brought up to date, and
 * synced to disk on each commit.
 */
public final class Sqlite implements Database {

	static final int BUSY_TIMEOUT_MILLIS = 10_000;

	/** The name of the database in the data directory. */
	public static final String FILE = "pulsehook.db";

	private static final String PROBE = "update pulsehook_probe set data = randomblob(262144)";

	/** What SQLite says when it cannot read what it has written. */
	private static final Set<SQLiteErrorCode> DAMAGE = Set.of(SQLiteErrorCode.SQLITE_CORRUPT,
			SQLiteErrorCode.SQLITE_NOTADB);

	/** Files are deleted without a word. */
	private static final Duration IDLE_LIMIT = Duration.ofSeconds(1);

	/** 256 thousands, each of which takes some microseconds. */
	private static final long CONTACT_SPAN = 1L << 18;

	// Looks into one thousand after the other: see the index.
	static final String OF_CONTACT = """
			with recursive range (lower, upper) as (
				select max(%s, (select min(id) from pulsehook_event)), min(%s, (select max(id) from pulsehook_event))
			), thousand (number) as (
				select lower >> 10 from range
				union all
				select number + 1 from thousand, range where number < upper >> 10
			)
			select e.id from thousand t, range
			cross join pulsehook_event e indexed by pulsehook_event_contact_in_thousand
			where e.id >> 10 = t.number and e.contact = %s and e.id >= range.lower and e.id <= range.upper
			""";

	private final Path file;

	private final DirectoryLock lock;

	/**
	 * Open for as long as this is: else the log would be another file whenever the last
	 * connection was closed, and the lock on the database could not be kept.
	 */
	private final Connection anchor;

	private final OpenFiles stored;

	private final OpenFiles sharedMemory;

	// Used by the writer's thread alone.
	private long lastWholeLook = System.nanoTime();

	private final AtWork atWork;

	private Sqlite(Path directory, DirectoryLock lock) throws IOException, SQLException {
		this.file = directory.resolve(FILE).toAbsolutePath();
		this.lock = lock;
		restrict();
		OwnerOnly.open(this.file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)).close();
		this.anchor = source(durable()).getConnection();
		try {
			prepare(this.anchor);
			lock.extendTo(this.file);
			this.stored = OpenFiles.of(this.file, beside("-wal"));
			this.sharedMemory = OpenFiles.of(beside("-shm"));
			migrate();
			this.atWork = AtWork.in(directory);
			countInterruptions();
		}
		catch (IOException | SQLException | RuntimeException ex) {
			this.anchor.close();
			throw ex;
		}
	}

	public static Sqlite open(Path directory) {
		try {
			OwnerOnly.createDirectories(directory);
			return open(directory, DirectoryLock.acquire(directory));
		}
		catch (IOException | SQLException | FlywayException ex) {
			throw explained(directory, ex);
		}
	}

	private static Sqlite open(Path directory, DirectoryLock lock) throws IOException, SQLException {
		try {
			return new Sqlite(directory, lock);
		}
		catch (IOException | SQLException | RuntimeException ex) {
			lock.close();
			throw ex;
		}
	}

	// What went wrong while the inbox was opened, with what can be done about it.
	public static RuntimeException explained(Path directory, Exception ex) {
		SQLException damage = findDamage(ex);
		if (damage != null) {
			return DataDirectoryException.damaged(directory.resolve(FILE), damage);
		}
		return (ex instanceof FlywayException migration) ? migration : DataDirectoryException.unusable(directory, ex);
	}

	// A directory that was there may be open to others: these files are not. SQLite gives
	// the permissions of the database to the files that it makes beside it.
	private void restrict() {
		for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
			OwnerOnly.restrict(beside(suffix));
		}
		OwnerOnly.restrict(this.file.resolveSibling(DirectoryLock.FILE));
	}

	private Path beside(String suffix) {
		return this.file.resolveSibling(FILE + suffix);
	}

	private static void prepare(Connection connection) throws SQLException {
		// These take effect as statements only, and only before the first table.
		try (Statement statement = connection.createStatement()) {
			statement.execute("pragma page_size = 8192");
			statement.execute("pragma auto_vacuum = incremental");
			statement.execute("pragma journal_mode = wal");
			// Opens the log.
			statement.execute("select count(*) from sqlite_schema");
		}
	}

	private void migrate() {
		Flyway.configure()
			.dataSource(source(discreet()))
			.locations("classpath:io/pulsehook/inbox/sqlite")
			.table("pulsehook_schema_history")
			.load()
			.migrate();
	}

	// Once, before anything is begun of what was at work when the last process ended.
	private void countInterruptions() throws SQLException {
		try (Connection connection = writer()) {
			Interruptions.count(connection, this.atWork);
		}
	}

	@Override
	public Connection writer() throws SQLException {
		verify();
		Connection connection = source(durable()).getConnection();
		try (Statement statement = connection.createStatement()) {
			// 16 MB, or 32 in a file that an older version made. What is rewritten often
			// goes into the file once for all of them.
			statement.execute("pragma wal_autocheckpoint = 2000");
			return connection;
		}
		catch (SQLException ex) {
			try (connection) {
				throw ex;
			}
		}
	}

	private static SQLiteConfig durable() {
		SQLiteConfig config = discreet();
		config.setSynchronous(SynchronousMode.FULL);
		config.enforceForeignKeys(true);
		// Else each insert asks for the number of its row.
		config.setGetGeneratedKeys(false);
		// 16 MB, to find what is rewritten often in memory.
		config.setCacheSize(-16_384);
		return config;
	}

	// Leaves nothing where nobody looks for it.
	private static SQLiteConfig discreet() {
		SQLiteConfig config = new SQLiteConfig();
		// Or each commit would write to a file in the system's temporary directory, which
		// may not be writable or be full.
		config.setTempStore(TempStore.MEMORY);
		// What is deleted or replaced is overwritten, not only let go.
		config.setPragma(Pragma.SECURE_DELETE, "true");
		return config;
	}

	@Override
	public DataSource readers() {
		SQLiteConfig config = new SQLiteConfig();
		config.setReadOnly(true);
		return new DelegatingDataSource(source(config)) {

			@Override
			public Connection getConnection() throws SQLException {
				requireInPlace(Sqlite.this.stored);
				return super.getConnection();
			}

		};
	}

	private SQLiteDataSource source(SQLiteConfig config) {
		config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
		SQLiteDataSource source = new SQLiteDataSource(config);
		source.setUrl("jdbc:sqlite:" + this.file);
		return source;
	}

	@Override
	public boolean isShared() {
		return false;
	}

	@Override
	public boolean refusesData(SQLException ex) {
		return ex instanceof SQLiteException refusal && Reason.isAboutData(refusal);
	}

	@Override
	public boolean refusesAnnouncement(SQLException ex) {
		return false;
	}

	@Override
	public @Nullable DataDirectoryException damage(SQLException ex) {
		SQLException damage = findDamage(ex);
		return (damage != null) ? DataDirectoryException.damaged(this.file, damage) : null;
	}

	// Flyway and batches wrap what SQLite says.
	private static @Nullable SQLException findDamage(Throwable thrown) {
		for (Throwable each = thrown; each != null; each = each.getCause()) {
			if (each instanceof SQLiteException said && DAMAGE.contains(Reason.primary(said))) {
				return said;
			}
		}
		return null;
	}

	// What is stored lies in two of the files, which are looked at each time. The others
	// keep other processes from writing into them.
	@Override
	public void verify() throws SQLException {
		requireInPlace(this.stored);
		long now = System.nanoTime();
		if (now - this.lastWholeLook < IDLE_LIMIT.toNanos()) {
			return;
		}
		requireInPlace(this.sharedMemory);
		requireLock();
		this.lastWholeLook = now;
	}

	private void requireLock() throws SQLException {
		try {
			this.lock.keep();
		}
		catch (DataDirectoryException ex) {
			throw new SQLException(("'%s' was deleted or replaced, and another process uses the data directory since. "
					+ "Stop that process, and never delete this file")
				.formatted(this.file.resolveSibling(DirectoryLock.FILE)));
		}
		catch (IOException ex) {
			throw new SQLException(("'%s' was deleted or replaced, and cannot be made again, so that another process "
					+ "could use the data directory: %s. Make room for it, or let this process write it")
				.formatted(this.file.resolveSibling(DirectoryLock.FILE), ex));
		}
	}

	private void requireInPlace(OpenFiles files) throws SQLException {
		Path lost = files.findLost();
		if (lost == null) {
			return;
		}
		if (lost.equals(this.file)) {
			throw new SQLException(
					("'%s' was deleted or replaced while it was open. What it had can be saved until this "
							+ "process ends, but not after: see 'When files were deleted' in docs/operations.md")
						.formatted(lost));
		}
		throw new SQLException(("'%s' was deleted or replaced while it was open. What it had "
				+ (saveLog() ? "was written into the database. Restart this process"
						: "is being written into the database, which readers hold up. Stop this process in order, and "
								+ "do not kill it"))
			.formatted(lost));
	}

	// Saves what the database does not have yet, and tells whether that was all.
	private boolean saveLog() throws SQLException {
		try (Statement statement = this.anchor.createStatement();
				ResultSet row = statement.executeQuery("pragma wal_checkpoint(passive)")) {
			row.next();
			return row.getInt("busy") == 0 && row.getInt("log") == row.getInt("checkpointed");
		}
	}

	@Override
	public Duration idleLimit() {
		return IDLE_LIMIT;
	}

	@Override
	public String probe() {
		return PROBE;
	}

	@Override
	public void begin(Session session) {
		// One process owns the file and has one writer: it is always its turn.
	}

	@Override
	public void store(Session session, List<Intake> intakes) throws SQLException {
		SqliteIntake statements = new SqliteIntake(session);
		for (Intake intake : intakes) {
			statements.store(intake);
		}
	}

	@Override
	public void finish(Session session, List<Finish> finishes) throws SQLException {
		SqliteFinish statements = new SqliteFinish(session);
		for (Finish finish : finishes) {
			statements.write(finish);
		}
	}

	@Override
	public void announce(Session session) {
		// There is nobody else to be told.
	}

	@Override
	public String unfinished() {
		return "pulsehook_delivery d indexed by pulsehook_delivery_unfinished";
	}

	@Override
	public String ofContact(String lower, String upper, String contact) {
		return OF_CONTACT.formatted(lower, upper, contact);
	}

	@Override
	public long contactSpan() {
		return CONTACT_SPAN;
	}

	@Override
	public Runner runner(Writer writer, Subscriptions subscriptions, InboxListener observer) {
		return new SoleRunner(writer);
	}

	@Override
	public Claims claims(Writer writer, Runner runner) throws SQLException {
		return new SqliteClaims(readers());
	}

	@Override
	public AtWork atWork() {
		return this.atWork;
	}

	@Override
	public FileSpace space(Writer writer) {
		return new SqliteFileSpace(writer);
	}

	@Override
	public void close() throws IOException, SQLException {
		try (DirectoryLock last = this.lock) {
			this.atWork.close();
			this.anchor.close();
		}
	}

}
