package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.commit.Database;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.replica.Announcement;
import io.pulsehook.inbox.replica.DatabaseClock;
import io.pulsehook.inbox.replica.LeaseTerm;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.inbox.replica.LeasedRunner;
import io.pulsehook.inbox.write.AtWork;
import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Claims;
import io.pulsehook.inbox.write.FileSpace;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.IntakeTransaction;
import io.pulsehook.inbox.write.MinuteCount;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.StaleSubscriptionsException;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Transaction;

/**
 * A database on a server, which several processes share. Their writers take turns: each
 * holds one row from the beginning of a transaction to its end. So what is true of one
 * writer is true of all of them: ids grow in order of receipt and no later one becomes
 * visible before an earlier one, and of each handler and key at most one delivery is due.
 */
public final class Postgresql implements Database {

	private static final String PROBE = "update pulsehook_probe set probes = probes + 1";

	private static final String TURN = "select version from pulsehook_turn for update";

	private static final BoundStatement COMMIT = BoundStatement.of("commit");

	/** Shorter than the time after which networks cut a silent connection. */
	private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);

	private final BoundedDataSource dataSource;

	private final Duration timeout;

	private final LeaseTimes times;

	private final AtWork atWork = AtWork.inMemory();

	private final DatabaseClock clock = new DatabaseClock();

	private final Preparation preparation;

	/**
	 * The version of the subscriptions that were loaded last. Used by the writer's thread
	 * alone.
	 */
	private long version;

	private final LeaseTerm term = new LeaseTerm();

	private Postgresql(DataSource dataSource, Duration timeout, LeaseTimes times, boolean mayBeAway) {
		this.dataSource = new BoundedDataSource(dataSource, timeout);
		this.timeout = timeout;
		this.times = times;
		this.preparation = new Preparation(dataSource, this.dataSource, this.clock, mayBeAway);
	}

	/**
	 * Opens the database and brings it up to date, as
	 * {@link #open(DataSource, Duration, LeaseTimes, boolean)} does if it must not be
	 * away.
	 */
	public static Postgresql open(DataSource dataSource, Duration timeout, LeaseTimes times) {
		return open(dataSource, timeout, times, false);
	}

	/**
	 * Opens the database and brings it up to date. If its server is away, the first
	 * connection of the {@link #writer()} that succeeds does that, and nobody else gets a
	 * connection before.
	 * @param dataSource leads to the database
	 * @param timeout how long an answer of the server is waited for
	 * @param times how long the replicas wait for one another
	 * @param mayBeAway whether the server may be away, now and when handlers are
	 * registered, since something else keeps what arrives until it is back
	 * @return the open database
	 * @throws UnsupportedDatabaseException if it is no such database, or cannot be used
	 */
	public static Postgresql open(DataSource dataSource, Duration timeout, LeaseTimes times, boolean mayBeAway) {
		Postgresql database = new Postgresql(dataSource, timeout, times, mayBeAway);
		database.preparation.begin();
		return database;
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
		this.preparation.ensure();
		return WriterConnection.open(this.dataSource, this.timeout);
	}

	@Override
	public DataSource readers() {
		return this.preparation.readers();
	}

	@Override
	public boolean isShared() {
		return true;
	}

	@Override
	public boolean mayBeAway() {
		return this.preparation.mayBeAway();
	}

	@Override
	public @Nullable Throwable away() {
		return this.preparation.away();
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
	public void begin(Session session, Subscriptions subscriptions) throws SQLException {
		long current = session.number(TURN);
		if (current != this.version || subscriptions.areStale()) {
			subscriptions.load(session);
			this.version = current;
		}
	}

	@Override
	public void requeue(Transaction transaction, List<DueDelivery> rejected) throws SQLException {
		PostgresqlClaims.giveBack(transaction, rejected);
	}

	@Override
	public void write(IntakeTransaction transaction, List<Finish> finishes, List<Intake> intakes) throws SQLException {
		Pipeline pipeline = new Pipeline(transaction, this.timeout);
		boolean awaitsTurn = transaction.awaitsTurn();
		if (awaitsTurn) {
			pipeline.add(BoundStatement.of(TURN), this::checkVersion);
		}
		PostgresqlFinish outcomes = new PostgresqlFinish(transaction, finishes);
		PostgresqlIntake events = new PostgresqlIntake(transaction, awaitsTurn ? this.version : EventInsert.ANY_VERSION,
				this.term.heldId(), intakes);
		outcomes.addTo(pipeline);
		events.addTo(pipeline);
		pipeline.run();
		outcomes.complete();
		events.complete();
	}

	private void checkVersion(ResultSet row) throws SQLException {
		if (row.getLong(1) != this.version) {
			throw new StaleSubscriptionsException();
		}
	}

	@Override
	public void count(Transaction transaction, List<MinuteCount> counts) throws SQLException {
		PostgresqlCounts.add(transaction, counts);
	}

	@Override
	public void announce(Transaction transaction) {
		if (transaction.subscriptions().includeOthersThan(this.term.id())) {
			Announcement.send(transaction);
		}
	}

	@Override
	public void commit(Session session, List<BoundStatement> deferred) throws SQLException {
		if (deferred.isEmpty()) {
			session.connection().commit();
			return;
		}
		Pipeline pipeline = new Pipeline(session, this.timeout);
		deferred.forEach(pipeline::add);
		pipeline.add(COMMIT);
		pipeline.run();
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
	public Parts parts(Writer writer, InboxListener observer) {
		Runner runner = new LeasedRunner(writer, readers(), this.clock, this.times, this.term, observer, this.atWork);
		Claims claims = new PostgresqlClaims(writer, runner, readers(), this.timeout);
		return new Parts(runner, claims, this.atWork, FileSpace.SELF_KEPT);
	}

	@Override
	public void close() {
		// The application's own DataSource stays open.
	}

}
