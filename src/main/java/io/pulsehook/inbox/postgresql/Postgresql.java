package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.write.AtWork;
import io.pulsehook.inbox.write.Claims;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.FileSpace;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Writer;

/**
 * A database on a server, which several processes share. Their writers take turns: each
 * holds one row from the beginning of a transaction to its end. So what is true of one
 * writer is true of all of them: ids grow in order of receipt and no later one becomes
 * visible before an earlier one, and of each handler and key at most one delivery is due.
 */
public final class Postgresql implements Dialect {

	private static final Log logger = LogFactory.getLog(Postgresql.class);

	private static final int OLDEST_VERSION = 14;

	/** Of SQLSTATEs, what says that the server will not have this data. */
	private static final Set<String> REFUSAL_CLASSES = Set.of("21", "22", "23", "54", "P0");

	private static final String PROGRAM_LIMIT = "54000";

	private static final String PROBE = "update pulsehook_probe set probes = probes + 1";

	private static final String TURN = "select version from pulsehook_turn for update";

	/** No runner has this id. */
	private static final long NOBODY = -1;

	/** Of a single statement: the tables can be large. */
	private static final Duration MIGRATION = Duration.ofHours(1);

	/** How long a writer that was stopped in a transaction keeps the others waiting. */
	private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(2);

	/** Shorter than what networks take for the end of a silent connection. */
	private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);

	private final BoundedDataSource dataSource;

	private final Duration timeout;

	private final LeaseTimes times;

	private final AtWork atWork = AtWork.inMemory();

	private final DatabaseClock clock = new DatabaseClock();

	// Of the subscriptions that were loaded last. Used by the writer's thread alone.
	private long version;

	private volatile @Nullable Runner runner;

	private Postgresql(BoundedDataSource dataSource, Duration timeout, LeaseTimes times) {
		this.dataSource = dataSource;
		this.timeout = timeout;
		this.times = times;
	}

	// Opens the database, whose answers are waited for so long and no longer.
	public static Postgresql open(DataSource dataSource, Duration timeout, LeaseTimes times) {
		Postgresql database = new Postgresql(new BoundedDataSource(dataSource, timeout), timeout, times);
		try {
			database.prepare(dataSource);
			return database;
		}
		catch (SQLException | FlywayException ex) {
			throw UnsupportedDatabaseException.unreachable(ex);
		}
	}

	private void prepare(DataSource unbounded) throws SQLException {
		// Another product's driver may not know what a bounded connection needs.
		try (Connection connection = firstConnection(unbounded)) {
			requireSupported(connection.getMetaData());
			warnIfNotDurable(connection);
		}
		Flyway.configure()
			.dataSource(new BoundedDataSource(unbounded, MIGRATION))
			.locations("classpath:io/pulsehook/inbox/postgresql")
			.table("pulsehook_schema_history")
			// The tables of an application may be there already.
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.load()
			.migrate();
		try (Connection connection = this.dataSource.getConnection()) {
			this.clock.read(connection);
		}
	}

	// Not bounded, since another product's driver may not know how. What a pool says of
	// settings that it cannot use quotes them, and a password in them.
	private static Connection firstConnection(DataSource unbounded) throws SQLException {
		try {
			return unbounded.getConnection();
		}
		catch (RuntimeException ex) {
			throw UnsupportedDatabaseException.misconfigured();
		}
	}

	private static void requireSupported(DatabaseMetaData server) throws SQLException {
		if (!server.getDatabaseProductName().equals("PostgreSQL")) {
			throw UnsupportedDatabaseException.product(server.getDatabaseProductName());
		}
		if (server.getDatabaseMajorVersion() < OLDEST_VERSION) {
			throw UnsupportedDatabaseException.version(server.getDatabaseProductVersion());
		}
	}

	private static void warnIfNotDurable(Connection connection) throws SQLException {
		if ("off".equals(setting(connection, "fsync"))) {
			logger.warn("The PostgreSQL server runs with fsync=off: what is acknowledged can be lost when it or its "
					+ "machine fails. Set fsync=on in postgresql.conf.");
		}
	}

	private static @Nullable String setting(Connection connection, String name) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("show " + name)) {
			return result.next() ? result.getString(1) : null;
		}
	}

	// The clock that all replicas share.
	public InstantSource clock() {
		return this.clock;
	}

	@Override
	public Connection writer() throws SQLException {
		BorrowedConnection connection = this.dataSource.getConnection();
		try {
			connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
			if (Set.of("off", "local").contains(String.valueOf(setting(connection, "synchronous_commit")))) {
				connection.set("synchronous_commit", "on");
			}
			connection.set("statement_timeout", Long.toString(this.timeout.toMillis()));
			// Statements with arrays cost more to plan than what a better plan for just
			// these would save. All are planned once, which may be before there is a
			// single row: reading a whole table is never right later. Where it is all
			// there is to do, as of a table with one row, that makes a plan look so
			// expensive that it would be compiled.
			connection.set("plan_cache_mode", "force_generic_plan");
			connection.set("enable_seqscan", "off");
			connection.set("jit", "off");
			connection.set("idle_in_transaction_session_timeout", Long.toString(IDLE_IN_TRANSACTION.toMillis()));
			return connection;
		}
		catch (SQLException ex) {
			try (connection) {
				throw ex;
			}
		}
	}

	@Override
	public DataSource readers() {
		return this.dataSource;
	}

	@Override
	public boolean isShared() {
		return true;
	}

	@Override
	public boolean refusesData(SQLException ex) {
		String state = ex.getSQLState();
		return state != null && state.length() == 5 && REFUSAL_CLASSES.contains(state.substring(0, 2));
	}

	// As it says when its queue of notifications is full.
	@Override
	public boolean refusesAnnouncement(SQLException ex) {
		return PROGRAM_LIMIT.equals(ex.getSQLState());
	}

	@Override
	public @Nullable DataDirectoryException damage(SQLException ex) {
		// The server sees to its files, and is mended while this process waits.
		return null;
	}

	@Override
	public void verify() {
		// The server answers for what it has committed.
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
	public void begin(Session session) throws SQLException {
		long current = session.number(TURN);
		if (current != this.version || session.subscriptions().areStale()) {
			session.subscriptions().load(session);
			this.version = current;
		}
		// In a transaction that began when it was settled whether they were stored.
		if (!session.rejected().isEmpty()) {
			PostgresqlClaims.giveBack(session, session.rejected());
		}
	}

	@Override
	public void store(Session session, List<Intake> intakes) throws SQLException {
		Runner self = this.runner;
		long id = (self != null) ? self.id() : NOBODY;
		new PostgresqlIntake(session, (self != null && self.holds(id)) ? id : NOBODY).store(intakes);
	}

	@Override
	public void finish(Session session, List<Finish> finishes) throws SQLException {
		new PostgresqlFinish(session).write(finishes);
	}

	@Override
	public void announce(Session session) throws SQLException {
		Runner self = this.runner;
		if (self != null && session.subscriptions().includeOthersThan(self.id())) {
			Announcement.of(session.arrivals()).send(session);
		}
	}

	// The offset keeps an order that is asked for from choosing how they are found.
	@Override
	public String unfinished() {
		return "(select * from pulsehook_delivery where finished_at is null offset 0) d";
	}

	@Override
	public String ofContact(String lower, String upper, String contact) {
		return "select id from pulsehook_event where id >= %s and id <= %s and contact = %s".formatted(lower, upper,
				contact);
	}

	@Override
	public long contactSpan() {
		return Long.MAX_VALUE;
	}

	@Override
	public Runner runner(Writer writer, Subscriptions subscriptions, InboxListener observer) {
		Runner created = new LeasedRunner(writer, this.dataSource, this.clock, this.times, observer, this.atWork);
		this.runner = created;
		return created;
	}

	@Override
	public Claims claims(Writer writer, Runner runner) {
		return new PostgresqlClaims(writer, runner, this.dataSource, this.timeout);
	}

	@Override
	public AtWork atWork() {
		return this.atWork;
	}

	@Override
	public FileSpace space(Writer writer) {
		return FileSpace.SELF_KEPT;
	}

	@Override
	public void close() {
		// The application's own DataSource stays open.
	}

}
