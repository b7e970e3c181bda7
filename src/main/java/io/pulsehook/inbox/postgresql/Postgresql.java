package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

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

	private static final String PROBE = "update pulsehook_probe set probes = probes + 1";

	private static final String TURN = "select version from pulsehook_turn for update";

	/** The id of no runner. */
	private static final long NOBODY = -1;

	/** Shorter than the time after which networks cut a silent connection. */
	private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);

	private final BoundedDataSource dataSource;

	private final Duration timeout;

	private final LeaseTimes times;

	private final AtWork atWork = AtWork.inMemory();

	private final DatabaseClock clock = new DatabaseClock();

	/**
	 * The version of the subscriptions that were loaded last. Used by the writer's thread
	 * alone.
	 */
	private long version;

	private volatile @Nullable Runner runner;

	private Postgresql(BoundedDataSource dataSource, Duration timeout, LeaseTimes times) {
		this.dataSource = dataSource;
		this.timeout = timeout;
		this.times = times;
	}

	/**
	 * Opens the database and brings it up to date.
	 * @param dataSource leads to the database
	 * @param timeout how long an answer of the server is waited for
	 * @param times how long the replicas wait for one another
	 * @return the open database
	 * @throws UnsupportedDatabaseException if it is no such database, or cannot be used
	 */
	public static Postgresql open(DataSource dataSource, Duration timeout, LeaseTimes times) {
		Postgresql database = new Postgresql(new BoundedDataSource(dataSource, timeout), timeout, times);
		try {
			PostgresqlSchema.prepare(dataSource);
			database.readClock();
			return database;
		}
		catch (SQLException | FlywayException ex) {
			throw UnsupportedDatabaseException.unreachable(ex);
		}
	}

	private void readClock() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			this.clock.read(connection);
		}
	}

	/**
	 * Returns the server's clock, which all replicas share.
	 * @return the clock
	 */
	public InstantSource clock() {
		return this.clock;
	}

	@Override
	public Connection writer() throws SQLException {
		return WriterConnection.open(this.dataSource, this.timeout);
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
		return PostgresqlErrors.refusesData(ex);
	}

	@Override
	public boolean refusesAnnouncement(SQLException ex) {
		return PostgresqlErrors.refusesAnnouncement(ex);
	}

	@Override
	public @Nullable DataDirectoryException damage(SQLException ex) {
		// The server's files are repaired there, while this process waits.
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
		// This transaction began after it was settled whether the one that claimed these
		// deliveries was committed, so that none of them stays claimed.
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

	@Override
	public String unfinished() {
		// The offset keeps the planner from choosing the index by the order of the query
		// around it.
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
