package io.pulsehook.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database file in the data directory: opened by one process, brought up to date, and
 * synced to disk on each commit.
 */
final class Sqlite implements Database {

	static final int BUSY_TIMEOUT_MILLIS = 10_000;

	static final String FILE = "pulsehook.db";

	private static final String PROBE = "update pulsehook_probe set data = randomblob(262144)";

	/** What the database says when it is the data that it cannot take. */
	private static final Set<SQLiteErrorCode> REFUSALS = Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT,
			SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_MISMATCH, SQLiteErrorCode.SQLITE_RANGE);

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

	private final String url;

	private final DirectoryLock lock;

	private Sqlite(Path directory, DirectoryLock lock) {
		this.url = "jdbc:sqlite:" + directory.resolve(FILE).toAbsolutePath();
		this.lock = lock;
	}

	static Sqlite open(Path directory) {
		try {
			create(directory);
			return open(directory, DirectoryLock.acquire(directory));
		}
		catch (IOException | SQLException ex) {
			throw DataDirectoryException.unusable(directory, ex);
		}
	}

	private static Sqlite open(Path directory, DirectoryLock lock) throws IOException, SQLException {
		try {
			Sqlite database = new Sqlite(directory, lock);
			database.prepare();
			return database;
		}
		catch (SQLException | RuntimeException ex) {
			lock.close();
			throw ex;
		}
	}

	// Personal data lies there: a directory that is made here is for its owner only.
	private static void create(Path directory) throws IOException {
		if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.createDirectories(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		else {
			Files.createDirectories(directory);
		}
	}

	private void prepare() throws SQLException {
		// These take effect as statements only, and only before the first table.
		try (Connection connection = writer(); Statement statement = connection.createStatement()) {
			statement.execute("pragma page_size = 8192");
			statement.execute("pragma auto_vacuum = incremental");
			statement.execute("pragma journal_mode = wal");
		}
		Flyway.configure()
			.dataSource(source(discreet()))
			.locations("classpath:io/pulsehook/inbox/sqlite")
			.table("pulsehook_schema_history")
			.load()
			.migrate();
	}

	@Override
	public Connection writer() throws SQLException {
		SQLiteConfig config = discreet();
		config.setSynchronous(SynchronousMode.FULL);
		config.enforceForeignKeys(true);
		// Else each insert asks for the number of its row.
		config.setGetGeneratedKeys(false);
		// 16 MB, to find what is rewritten often in memory.
		config.setCacheSize(-16_384);
		// 16 MB, or 32 in a file that an older version made. What is rewritten often goes
		// into the file once for all of them.
		config.setPragma(Pragma.WAL_AUTOCHECKPOINT, "2000");
		return source(config).getConnection();
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
		return source(config);
	}

	private SQLiteDataSource source(SQLiteConfig config) {
		config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
		SQLiteDataSource source = new SQLiteDataSource(config);
		source.setUrl(this.url);
		return source;
	}

	@Override
	public boolean isShared() {
		return false;
	}

	@Override
	public boolean refusesData(SQLException ex) {
		return ex instanceof SQLiteException refusal && isAboutData(refusal);
	}

	static boolean isAboutData(SQLiteException ex) {
		return REFUSALS.contains(primary(ex.getResultCode()));
	}

	// The family of an extended code, as SQLITE_CONSTRAINT of SQLITE_CONSTRAINT_UNIQUE.
	private static SQLiteErrorCode primary(SQLiteErrorCode extended) {
		return SQLiteErrorCode.getErrorCode(extended.code & 0xFF);
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
	public FileSpace space(Writer writer) {
		return new SqliteFileSpace(writer);
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
	}

}
