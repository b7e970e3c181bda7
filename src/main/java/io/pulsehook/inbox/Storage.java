package io.pulsehook.inbox;

import java.sql.SQLException;
import java.time.InstantSource;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.commit.Database;
import io.pulsehook.inbox.commit.Deadlines;
import io.pulsehook.inbox.commit.InboxListeners;
import io.pulsehook.inbox.commit.Prefetch;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.figures.Backlog;
import io.pulsehook.inbox.figures.Charts;
import io.pulsehook.inbox.figures.FigureQueries;
import io.pulsehook.inbox.history.HandlerHistory;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.postgresql.Postgresql;
import io.pulsehook.inbox.query.PaymentOrders;
import io.pulsehook.inbox.query.QueryExecutor;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.reconciliation.StoredReconciliations;
import io.pulsehook.inbox.replay.Replays;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.inbox.sqlite.Sqlite;
import io.pulsehook.inbox.triage.DeadLetters;
import io.pulsehook.inbox.triage.Triage;
import io.pulsehook.inbox.upkeep.Erasure;
import io.pulsehook.inbox.upkeep.Housekeeper;
import io.pulsehook.inbox.upkeep.Retention;
import io.pulsehook.inbox.upkeep.RetentionPeriods;
import io.pulsehook.inbox.upkeep.Sweep;
import io.pulsehook.inbox.upkeep.Upkeep;
import io.pulsehook.inbox.write.Claims;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.threads.CoreThreads;

/**
 * Opens the database, puts the parts of the inbox together, and closes them all. The
 * auto-configuration makes a bean of each part, so that no other class has to know this
 * one.
 */
public final class Storage implements AutoCloseable {

	private final Closer closer;

	private final InstantSource clock;

	private final CoreThreads threads = new CoreThreads();

	private final Inbox inbox;

	private final Subscribers subscribers;

	private final SharedSettings sharedSettings;

	private final Deliveries deliveries;

	private final StoredEvents events;

	private final Replays replays;

	private final StoredReconciliations reconciliations;

	private final Charts charts;

	private final Backlog backlog;

	private final DeadLetters deadLetters;

	private final Triage triage;

	private final HandlerHistory history;

	private final PaymentOrders orders;

	private final FigureQueries figures;

	private final Upkeep upkeep;

	private final Erasure erasure;

	// Parts are closed in the opposite order. The runner ends its lease while the writer
	// still writes, and the writer commits the requests that wait before the deadlines
	// would give up on them.
	private Storage(InboxSettings settings, Database database, InstantSource clock, Closer closer) throws SQLException {
		this.closer = closer;
		this.clock = clock;
		Subscriptions subscriptions = new Subscriptions();
		Prefetch prefetch = new Prefetch();
		InboxListeners listeners = new InboxListeners();
		ArrivalRelay arrivals = new ArrivalRelay();
		Deadlines deadlines = closer.add(new Deadlines(settings.ackTimeout(), database.mayBeAway()));
		QueryExecutor executor = closer.add(new QueryExecutor());
		Writer writer = closer
			.add(new Writer(database, subscriptions, prefetch, arrivals, listeners, clock, this.threads));
		Database.Parts parts = database.parts(writer, listeners);
		Claims claims = closer.add(parts.claims());
		Runner runner = closer.add(parts.runner());
		JdbcClient jdbc = JdbcClient.create(database.readers());
		this.upkeep = new Upkeep(new Retention(writer, clock), new Sweep(writer, jdbc), parts.space());
		this.inbox = new Inbox(new IntakeBuffer(writer, deadlines, settings, subscriptions), writer, runner,
				this.upkeep.sweep(), listeners, arrivals);
		this.subscribers = new Subscribers(subscriptions, writer, jdbc);
		this.sharedSettings = new SharedSettings(writer, database.isShared());
		this.deliveries = new Deliveries(writer, claims, runner, prefetch, jdbc, parts.atWork());
		this.events = new StoredEvents(database, jdbc, executor);
		this.replays = new Replays(database, writer, jdbc, executor, subscriptions);
		this.reconciliations = new StoredReconciliations(database, writer, jdbc, settings.lease());
		this.charts = new Charts(jdbc, executor, clock);
		this.backlog = new Backlog(jdbc, executor);
		this.deadLetters = new DeadLetters(jdbc, executor);
		this.triage = new Triage(writer, jdbc);
		this.history = closer.add(new HandlerHistory(jdbc, clock));
		this.orders = new PaymentOrders(jdbc, executor);
		this.figures = new FigureQueries(jdbc, executor, database.isShared());
		this.erasure = new Erasure(database, writer, this.upkeep.sweep(), this.upkeep.space());
	}

	/**
	 * Opens the SQLite database in the data directory, which is created if it is missing.
	 * @param settings the settings of the inbox
	 * @param clock tells the time of receipt
	 * @return the open storage
	 * @throws DataDirectoryException if the directory cannot be used or another process
	 * uses it
	 */
	public static Storage open(InboxSettings settings, InstantSource clock) {
		try {
			return assemble(settings, Sqlite.open(settings.dataDirectory()), clock);
		}
		catch (SQLException ex) {
			throw Sqlite.explained(settings.dataDirectory(), ex);
		}
	}

	// Opens a PostgreSQL database that must not be away.
	public static Storage open(InboxSettings settings, DataSource dataSource, @Nullable InstantSource clock) {
		return open(settings, dataSource, clock, false);
	}

	/**
	 * Opens a PostgreSQL database, which other processes may share.
	 * @param settings the settings of the inbox
	 * @param dataSource leads to the database
	 * @param clock tells the time of receipt and what is due, or {@code null} if the
	 * server's clock does; leases go by the server's in any case
	 * @param mayBeAway whether the server may be away, now and later, since something
	 * else keeps what arrives until it is back
	 * @return the open storage
	 * @throws UnsupportedDatabaseException if it is not PostgreSQL, or cannot be used
	 */
	public static Storage open(InboxSettings settings, DataSource dataSource, @Nullable InstantSource clock,
			boolean mayBeAway) {
		Postgresql database = Postgresql.open(dataSource, settings.ackTimeout(), LeaseTimes.of(settings.lease()),
				mayBeAway);
		return open(settings, database, (clock != null) ? clock : database.clock());
	}

	// Opens a database that the caller has made. Tests call this too, for replicas with
	// lease times of their own.
	public static Storage open(InboxSettings settings, Database database, InstantSource clock) {
		try {
			return assemble(settings, database, clock);
		}
		catch (SQLException ex) {
			throw UnsupportedDatabaseException.unreachable(ex);
		}
	}

	// If the start fails, everything that was opened before is closed.
	private static Storage assemble(InboxSettings settings, Database database, InstantSource clock)
			throws SQLException {
		Closer closer = new Closer();
		closer.add(database);
		try {
			return new Storage(settings, database, clock, closer);
		}
		catch (SQLException | RuntimeException | Error ex) {
			closer.closeAfter(ex);
			throw ex;
		}
	}

	public Inbox inbox() {
		return this.inbox;
	}

	public Subscribers subscribers() {
		return this.subscribers;
	}

	public SharedSettings sharedSettings() {
		return this.sharedSettings;
	}

	public Deliveries deliveries() {
		return this.deliveries;
	}

	public StoredEvents events() {
		return this.events;
	}

	public Replays replays() {
		return this.replays;
	}

	public StoredReconciliations reconciliations() {
		return this.reconciliations;
	}

	public Charts charts() {
		return this.charts;
	}

	public Backlog backlog() {
		return this.backlog;
	}

	public DeadLetters deadLetters() {
		return this.deadLetters;
	}

	public Triage triage() {
		return this.triage;
	}

	public HandlerHistory history() {
		return this.history;
	}

	public PaymentOrders orders() {
		return this.orders;
	}

	public FigureQueries figures() {
		return this.figures;
	}

	public Erasure erasure() {
		return this.erasure;
	}

	public Upkeep upkeep() {
		return this.upkeep;
	}

	public Housekeeper housekeeper(RetentionPeriods periods) {
		return new Housekeeper(this.upkeep, periods, this.threads);
	}

	public CoreThreads threads() {
		return this.threads;
	}

	public InstantSource clock() {
		return this.clock;
	}

	/** Writes what is waiting, and closes the database. */
	@Override
	public void close() throws Exception {
		this.closer.close();
	}

}
