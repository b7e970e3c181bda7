package io.pulsehook.inbox;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.postgresql.LeaseTimes;
import io.pulsehook.inbox.postgresql.Postgresql;
import io.pulsehook.inbox.query.Backlog;
import io.pulsehook.inbox.query.Charts;
import io.pulsehook.inbox.query.DeadLetters;
import io.pulsehook.inbox.query.FigureQueries;
import io.pulsehook.inbox.query.Figures;
import io.pulsehook.inbox.query.Latest;
import io.pulsehook.inbox.query.Reads;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.replay.Replays;
import io.pulsehook.inbox.sqlite.Sqlite;
import io.pulsehook.inbox.upkeep.Erasure;
import io.pulsehook.inbox.upkeep.Retention;
import io.pulsehook.inbox.upkeep.Sweep;
import io.pulsehook.inbox.write.Claims;
import io.pulsehook.inbox.write.Deadlines;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.FileSpace;
import io.pulsehook.inbox.write.InboxListeners;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.Prefetch;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Settings;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Writer;
import io.pulsehook.threads.CoreThreads;

/**
 * Keeps events, and answers only when they are on disk. What is kept is delivered through
 * {@link #deliveries()} and looked at through {@link #events()}.
 */
public final class Inbox implements AutoCloseable {

	private static final int KILOBYTE = 1024;

	private final InboxSettings settings;

	private final InstantSource clock;

	private final Dialect database;

	private final Subscriptions subscriptions = new Subscriptions();

	private final Prefetch prefetch = new Prefetch();

	private final CoreThreads threads = new CoreThreads();

	private final Writer writer;

	private final JdbcClient jdbc;

	private final Reads reads = new Reads();

	private final Semaphore room;

	private final Deadlines deadlines;

	private final Runner runner;

	private final Claims claims;

	private final Deliveries deliveries;

	private final StoredEvents events;

	private final Replays replays;

	private final Retention retention;

	private final Sweep sweep;

	private final FileSpace space;

	private final Erasure erasure;

	private final FigureQueries figures;

	private final InboxListeners observers = new InboxListeners();

	private final Charts charts;

	private final Backlog backlog;

	private final DeadLetters deadLetters;

	private final Latest latest;

	private volatile Consumer<Arrivals> listener = (arrivals) -> {
	};

	private Inbox(InboxSettings settings, InstantSource clock, Dialect database) throws SQLException {
		this.settings = settings;
		this.clock = clock;
		this.database = database;
		this.room = new Semaphore(Math.toIntExact(settings.buffer().toKilobytes()));
		this.deadlines = new Deadlines(settings.ackTimeout());
		this.writer = new Writer(database, this.subscriptions, this.prefetch,
				(arrivals) -> this.listener.accept(arrivals), this.observers, clock, this.threads);
		this.jdbc = JdbcClient.create(database.readers());
		this.runner = database.runner(this.writer, this.subscriptions, this.observers);
		this.claims = database.claims(this.writer, this.runner);
		this.deliveries = new Deliveries(this.writer, this.claims, this.runner, this.prefetch, this.jdbc,
				database.atWork());
		this.events = new StoredEvents(database, this.jdbc, this.reads);
		this.replays = new Replays(database, this.writer, this.jdbc, this.reads, this.subscriptions);
		this.retention = new Retention(this.writer, clock);
		this.sweep = new Sweep(this.writer, this.jdbc);
		this.space = database.space(this.writer);
		this.erasure = new Erasure(database, this.writer, this.sweep, this.space);
		this.figures = new FigureQueries(this.jdbc, this.reads, database.isShared());
		this.charts = new Charts(this.jdbc, this.reads, clock);
		this.backlog = new Backlog(this.jdbc, this.reads);
		this.deadLetters = new DeadLetters(this.jdbc, this.reads);
		this.latest = new Latest(this.jdbc, this.reads);
	}

	/**
	 * Opens the inbox in its data directory, which is made when it is missing.
	 * @param settings where it lies and how it behaves
	 * @param clock tells the time of receipt
	 * @return the open inbox
	 * @throws DataDirectoryException if the directory cannot be used or another process
	 * uses it
	 */
	public static Inbox open(InboxSettings settings, InstantSource clock) {
		try {
			return new Inbox(settings, clock, Sqlite.open(settings.dataDirectory()));
		}
		catch (SQLException ex) {
			throw Sqlite.explained(settings.dataDirectory(), ex);
		}
	}

	/**
	 * Opens the inbox in a PostgreSQL database, which other processes may share.
	 * @param settings how it behaves
	 * @param dataSource leads to the database
	 * @return the open inbox
	 * @throws UnsupportedDatabaseException if it is no such database, or cannot be used
	 */
	public static Inbox open(InboxSettings settings, DataSource dataSource) {
		Postgresql database = Postgresql.open(dataSource, settings.ackTimeout(), LeaseTimes.of(settings.lease()));
		return open(settings, database, database.clock());
	}

	/**
	 * Opens the inbox like {@link #open(InboxSettings, DataSource)}, with another clock
	 * than the server's.
	 * @param settings how it behaves
	 * @param dataSource leads to the database
	 * @param clock tells the time of receipt, and what is due; leases go by the server's
	 * @return the open inbox
	 * @throws UnsupportedDatabaseException if it is no such database, or cannot be used
	 */
	public static Inbox open(InboxSettings settings, DataSource dataSource, InstantSource clock) {
		return open(settings, Postgresql.open(dataSource, settings.ackTimeout(), LeaseTimes.of(settings.lease())),
				clock);
	}

	public static Inbox open(InboxSettings settings, Dialect database, InstantSource clock) {
		try {
			return new Inbox(settings, clock, database);
		}
		catch (SQLException ex) {
			throw UnsupportedDatabaseException.unreachable(ex);
		}
	}

	/**
	 * Stores the elements of one request, all or none, and returns when they are on disk.
	 * @param incoming the elements, in their order
	 * @return what became of them
	 * @throws InboxUnavailableException if they were not stored in time
	 */
	public Receipt store(List<NewEvent> incoming) {
		return store(incoming, null);
	}

	/**
	 * Stores the elements of one request like {@link #store(List)}, as part of a trace.
	 * @param incoming the elements, in their order
	 * @param trace the trace context (W3C {@code traceparent}) that their deliveries go
	 * on with, or {@code null} if they are not traced
	 * @return what became of them
	 * @throws InboxUnavailableException if they were not stored in time
	 */
	public Receipt store(List<NewEvent> incoming, @Nullable String trace) {
		int kilobytes = kilobytes(incoming);
		if (!this.room.tryAcquire(kilobytes)) {
			throw new InboxUnavailableException("Too many events wait for their commit.", null);
		}
		try {
			Intake stored = await(this.writer.submit(new Intake(incoming, this.settings.dedupWindow(), trace)));
			stored.tell(this.observers);
			return stored.receipt();
		}
		finally {
			this.room.release(kilobytes);
		}
	}

	// A request alone always fits.
	private int kilobytes(List<NewEvent> events) {
		int sum = events.stream().mapToInt((event) -> 1 + event.body().length / KILOBYTE).sum();
		return Math.min(sum, Math.toIntExact(this.settings.buffer().toKilobytes()));
	}

	private Intake await(CompletableFuture<Intake> intake) {
		try {
			this.deadlines.limit(intake);
			return intake.get();
		}
		catch (ExecutionException ex) {
			throw new InboxUnavailableException("Nothing is known to be stored.", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InboxUnavailableException("Interrupted while waiting for the commit.", ex);
		}
	}

	/**
	 * Says which handlers there are. Events stored from now on get a delivery for each of
	 * them that takes their type.
	 * @param handlers all handlers of this process
	 * @param arrived is told, on the writer's thread, of what each commit brought
	 */
	public void subscribe(List<Subscription> handlers, Consumer<Arrivals> arrived) {
		this.listener = arrived;
		this.runner.join(handlers, arrived);
		this.sweep.wakeBlocked();
	}

	/**
	 * Says that nothing runs here any more: what was taken and not run is for others.
	 */
	public void unsubscribe() {
		this.runner.leave();
	}

	/**
	 * The handlers that there are, those of other processes that use the same database
	 * among them.
	 * @return each handler once
	 */
	public List<Subscription> subscriptions() {
		return this.subscriptions.all();
	}

	/**
	 * Whether other processes may use the same database.
	 * @return {@code true} if so
	 */
	public boolean isShared() {
		return this.database.isShared();
	}

	/**
	 * Settles something among all processes that use the same database, for good.
	 * @param name what it is about
	 * @param proposal what it shall be if nobody has proposed anything before
	 * @return what was proposed first
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public String putIfAbsent(String name, String proposal) {
		return this.writer.submitAndWait((session) -> Settings.putIfAbsent(session, name, proposal));
	}

	/**
	 * The clock that all times in the database are told by.
	 * @return the clock
	 */
	public InstantSource clock() {
		return this.clock;
	}

	/**
	 * Remembers whether a handler is paused.
	 * @param handler the handler's id
	 * @param paused whether it is
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void setPaused(String handler, boolean paused) {
		this.writer.submitAndWait(Subscriptions.pause(handler, paused));
	}

	/**
	 * The handlers that are paused.
	 * @return their ids
	 */
	public Set<String> pausedHandlers() {
		return this.jdbc.sql("select id from pulsehook_handler where paused = 1").query(String.class).set();
	}

	/**
	 * Tells of what the inbox does from now on.
	 * @param listener who is told
	 */
	public void listen(InboxListener listener) {
		this.observers.add(listener);
	}

	/**
	 * Since when and why nothing can be written.
	 * @return the outage, or {@code null} when all is well
	 */
	public @Nullable Outage outage() {
		return this.writer.outage();
	}

	/**
	 * The threads that everything stands on.
	 * @return those of the inbox, and whichever are watched with them
	 */
	public CoreThreads threads() {
		return this.threads;
	}

	/**
	 * What is to be done with the events.
	 * @return the deliveries
	 */
	public Deliveries deliveries() {
		return this.deliveries;
	}

	/**
	 * The events that are kept, to be looked at.
	 * @return the queries
	 */
	public StoredEvents events() {
		return this.events;
	}

	/**
	 * The events that are handed to handlers again.
	 * @return the replays
	 */
	public Replays replays() {
		return this.replays;
	}

	/**
	 * Takes persons out.
	 * @return the erasure
	 */
	public Erasure erasure() {
		return this.erasure;
	}

	/**
	 * What an operator watches. May be asked for often: the database is not.
	 * @return the figures of a moment ago, or {@code null} if nothing can be read
	 */
	public @Nullable Figures figures() {
		return this.figures.get();
	}

	// The figures of this very moment.
	public @Nullable Figures freshFigures() {
		return this.figures.read();
	}

	/**
	 * What arrived, counted over time.
	 * @return the charts
	 */
	public Charts charts() {
		return this.charts;
	}

	/**
	 * What is not done yet.
	 * @return the backlog
	 */
	public Backlog backlog() {
		return this.backlog;
	}

	/**
	 * What has been given up.
	 * @return the dead letters
	 */
	public DeadLetters deadLetters() {
		return this.deadLetters;
	}

	/**
	 * What the newest events tell.
	 * @return the queries
	 */
	public Latest latest() {
		return this.latest;
	}

	// Deletes what has been kept for long enough.
	public Retention retention() {
		return this.retention;
	}

	// Covers lost wake-ups.
	public Sweep sweep() {
		return this.sweep;
	}

	// Shrinks the file.
	public FileSpace space() {
		return this.space;
	}

	/** Writes what is waiting and lets the database go. */
	@Override
	public void close() throws Exception {
		try {
			this.runner.close();
			this.writer.close();
			this.claims.close();
			this.reads.close();
		}
		finally {
			this.deadlines.close();
			this.database.close();
		}
	}

}
