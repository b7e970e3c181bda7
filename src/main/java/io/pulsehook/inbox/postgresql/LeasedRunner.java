package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import io.pulsehook.failure.Reason;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.AtWork;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Writer;
import io.pulsehook.threads.GuardedLoop;

/**
 * One of several replicas. It has a lease that it renews on one connection, where it also
 * hears of what the others bring; whoever does not renew it for long enough is given up,
 * and what it had claimed is due again.
 */
final class LeasedRunner implements Runner {

	private static final Log logger = LogFactory.getLog(LeasedRunner.class);

	/** Of the server's clock, beyond what two machines' clocks drift apart. */
	private static final Duration LARGEST_STEP = Duration.ofSeconds(5);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private static final String NOW = "select (extract(epoch from clock_timestamp()) * 1000)::bigint as now";

	private static final String REGISTER = """
			insert into pulsehook_runner (lease_until) values (clock_timestamp() + ? * interval '1 millisecond')
			returning id
			""";

	private static final String RENEW = """
			update pulsehook_runner set lease_until = clock_timestamp() + ? * interval '1 millisecond' where id = ?
			""";

	private static final String FIND_EXPIRED = """
			select id, farewell from pulsehook_runner where lease_until < clock_timestamp() order by id
			""";

	private static final String LOCK_EXPIRED = FIND_EXPIRED + " for update";

	private static final String DELETE = """
			delete from pulsehook_runner where id = ?
			""";

	private static final String CHANGE_VERSION = """
			update pulsehook_turn set version = version + 1
			""";

	private static final String FAREWELL = """
			update pulsehook_runner set farewell = true where id = ?
			""";

	// Handlers were at work on some of it, and the others waited for a thread: of what is
	// counted twice, one at a time is claimed, so that it is exact from then on.
	private static final String COUNT_INTERRUPTED = """
			insert into pulsehook_interruption as i (event_id, handler, run, times, runner_id)
			select event_id, handler, run, 1, runner_id from pulsehook_delivery where runner_id = ?
			on conflict (event_id, handler) do update set
				times = case when i.run = excluded.run then i.times + 1 else 1 end,
				run = excluded.run, runner_id = excluded.runner_id
			""";

	private static final String TAKE_BACK_ONLY_COUNT = """
			delete from pulsehook_interruption where runner_id = ? and times = 1
			""";

	private static final String TAKE_BACK_COUNT = """
			update pulsehook_interruption set times = times - 1, runner_id = null where runner_id = ?
			""";

	// What nobody is there to run.
	private static final String LET_GO = """
			update pulsehook_delivery d set runner_id = null
			where d.runner_id is not null and not exists (select 1 from pulsehook_runner r where r.id = d.runner_id)
			returning d.handler
			""";

	// The first of each, rather than whether there is one: the planner might look for
	// that in all that is due.
	private static final String HAS_DUE = """
			select h.handler from unnest(?::text[]) as h (handler)
			where least(
				(select d.due_at from pulsehook_delivery d
				where d.handler = h.handler and d.due_at is not null and d.replay_id is null and d.runner_id is null
				order by d.due_at limit 1),
				(select d.due_at from pulsehook_delivery d
				where d.handler = h.handler and d.due_at is not null and d.replay_id is not null and d.runner_id is null
				order by d.due_at limit 1)) <= ?
			""";

	private static final String VERSION = "select version from pulsehook_turn";

	private static final String PAUSED = "select id, paused from pulsehook_handler";

	private final Writer writer;

	private final DataSource dataSource;

	private final DatabaseClock clock;

	private final InboxListener observer;

	private final LeaseTimes times;

	private final AtWork atWork;

	private volatile List<Subscription> subscriptions = List.of();

	private volatile Consumer<Arrivals> listener = (arrivals) -> {
	};

	private volatile Lease lease = Lease.NONE;

	private volatile @Nullable GuardedLoop loop;

	private volatile boolean closed;

	// Of the runner's thread alone.
	private boolean failing;

	// Of the runner's thread alone: when it last heard of other handlers.
	private long version;

	// Of the runner's thread alone: what it told last.
	private Map<String, Boolean> paused = Map.of();

	LeasedRunner(Writer writer, DataSource dataSource, DatabaseClock clock, LeaseTimes times, InboxListener observer,
			AtWork atWork) {
		this.atWork = atWork;
		this.writer = writer;
		this.dataSource = dataSource;
		this.clock = clock;
		this.times = times;
		this.observer = observer;
	}

	@Override
	public synchronized void join(List<Subscription> subscriptions, Consumer<Arrivals> listener) {
		this.subscriptions = List.copyOf(subscriptions);
		this.listener = listener;
		long asked = System.nanoTime();
		hold(this.writer.submitSurely(this::register).join(), asked);
		if (this.loop == null) {
			// It asks whether it is the one that this knows.
			GuardedLoop started = GuardedLoop.vital("pulsehook-lease", (self) -> take(), this.writer.threads());
			this.loop = started;
			started.start();
		}
	}

	private void hold(long id, long asked) {
		this.lease = new Lease(id, asked + this.times.lease().toNanos(),
				System.currentTimeMillis() + this.times.lease().toMillis());
	}

	// Keeps its id, and with it what it has at hand, unless it was given up.
	private long register(Session session) throws SQLException {
		long id = this.lease.id();
		if (renew(session.prepare(RENEW), id)) {
			Subscriptions.delete(session, id);
		}
		else {
			// It has not ended, but could not be heard of.
			execute(session, TAKE_BACK_ONLY_COUNT, id);
			execute(session, TAKE_BACK_COUNT, id);
			id = insert(session);
		}
		Subscriptions.save(session, id, this.subscriptions);
		changed(session);
		return id;
	}

	private long insert(Session session) throws SQLException {
		PreparedStatement statement = session.prepare(REGISTER);
		statement.setLong(1, this.times.lease().toMillis());
		try (ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getLong("id");
		}
	}

	private boolean renew(PreparedStatement statement, long id) throws SQLException {
		statement.setLong(1, this.times.lease().toMillis());
		statement.setLong(2, id);
		return statement.executeUpdate() == 1;
	}

	private static void delete(Session session, long id) throws SQLException {
		Subscriptions.delete(session, id);
		execute(session, DELETE, id);
	}

	private static int execute(Session session, String sql, long id) throws SQLException {
		PreparedStatement statement = session.prepare(sql);
		statement.setLong(1, id);
		return statement.executeUpdate();
	}

	// Whoever writes next loads the subscriptions, and so does this transaction.
	private static void changed(Session session) throws SQLException {
		session.prepare(CHANGE_VERSION).executeUpdate();
		session.subscriptions().load(session);
	}

	// For as long as a connection lasts.
	private Duration take() {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("listen " + Announcement.CHANNEL);
			try {
				attend(connection);
			}
			finally {
				// Whoever gets the connection next from its pool is not told.
				statement.execute("unlisten *");
			}
			return Duration.ZERO;
		}
		catch (SQLException | RuntimeException ex) {
			failed(ex);
			return PAUSE_AFTER_FAILURE;
		}
	}

	private boolean isCurrent() {
		GuardedLoop current = this.loop;
		return !this.closed && current != null && current.isCurrentThread();
	}

	private void failed(Exception ex) {
		if (!this.failing && isCurrent()) {
			logger.warn("The lease of this replica cannot be renewed: " + Reason.of(ex)
					+ ". This is tried again every second.");
		}
		this.failing = true;
	}

	private void attend(Connection connection) throws SQLException {
		Interval beats = new Interval(this.times.heartbeat());
		Interval looks = new Interval(this.times.look());
		boolean settled = false;
		while (isCurrent()) {
			if (beats.isOver()) {
				boolean steady = beat(connection);
				if (settled && steady) {
					takeOver(connection);
				}
				// After an outage, or when the server's clock was set, nobody could
				// renew, and all get the time to do so.
				settled = steady;
			}
			if (looks.isOver()) {
				hearOfHandlers(connection);
				tellPaused(connection, false);
				tellDue(connection);
			}
			hear(connection, looks.left());
		}
	}

	// Not while it leaves, after which there is nothing to be renewed. Tells whether the
	// server's clock has gone on steadily.
	private synchronized boolean beat(Connection connection) throws SQLException {
		if (!isCurrent()) {
			return false;
		}
		Duration step = readClock(connection, this.clock);
		long id = this.lease.id();
		long asked = System.nanoTime();
		try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
			if (renew(statement, id)) {
				hold(id, asked);
			}
			else {
				logger.warn("This replica was not heard of for " + this.times.lease().toSeconds()
						+ " s, so that others have taken over what it was doing. It begins anew.");
				long askedAnew = System.nanoTime();
				hold(this.writer.submitAndWait(this::register), askedAnew);
			}
		}
		if (this.failing) {
			logger.info("The lease of this replica is renewed again.");
			this.failing = false;
		}
		return step.abs().compareTo(LARGEST_STEP) < 0;
	}

	// Returns by how much the clock was set.
	static Duration readClock(Connection connection, DatabaseClock clock) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			long asked = System.nanoTime();
			try (ResultSet row = statement.executeQuery(NOW)) {
				row.next();
				return clock.set(Instant.ofEpochMilli(row.getLong("now")), asked);
			}
		}
	}

	private void takeOver(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(FIND_EXPIRED)) {
			if (!row.next()) {
				return;
			}
		}
		TakeOver taken = this.writer.submitAndWait(LeasedRunner::takeOver);
		if (taken.runners() > 0) {
			logger.warn(taken.runners() + " of the replicas were not heard of for " + this.times.lease().toSeconds()
					+ " s. The " + taken.deliveries() + " deliveries that they had at hand are due again.");
			this.observer.tookOver(taken.runners());
		}
	}

	// Of whoever has not renewed it by this very moment, when nobody else can any more.
	private static TakeOver takeOver(Session session) throws SQLException {
		int runners = 0;
		try (ResultSet row = session.prepare(LOCK_EXPIRED).executeQuery()) {
			while (row.next()) {
				long id = row.getLong("id");
				if (!row.getBoolean("farewell")) {
					execute(session, COUNT_INTERRUPTED, id);
				}
				delete(session, id);
				runners++;
			}
		}
		return new TakeOver(runners, (runners > 0) ? letGo(session) : 0);
	}

	// What those who are gone had at hand is due again.
	private static int letGo(Session session) throws SQLException {
		changed(session);
		int deliveries = 0;
		try (ResultSet row = session.prepare(LET_GO).executeQuery()) {
			while (row.next()) {
				session.arrivals().due(row.getString("handler"));
				deliveries++;
			}
		}
		return deliveries;
	}

	// Each write loads what is subscribed when that has changed. A replica without any
	// write has to be told.
	private void hearOfHandlers(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(VERSION)) {
			row.next();
			if (row.getLong("version") != this.version) {
				this.version = row.getLong("version");
				this.writer.submit((session) -> true);
			}
		}
	}

	private void tellDue(Connection connection) throws SQLException {
		Object[] handlers = this.subscriptions.stream().map(Subscription::handler).toArray();
		long now = this.clock.instant().toEpochMilli();
		try (PreparedStatement statement = connection.prepareStatement(HAS_DUE)) {
			statement.setArray(1, connection.createArrayOf("text", handlers));
			statement.setLong(2, now);
			Arrivals arrivals = new Arrivals();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					arrivals.due(row.getString("handler"));
				}
			}
			tell(arrivals);
		}
	}

	// Tells which handlers rest, of all of them or where that has changed.
	private void tellPaused(Connection connection, boolean all) throws SQLException {
		Map<String, Boolean> current = new HashMap<>();
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(PAUSED)) {
			while (row.next()) {
				current.put(row.getString("id"), row.getInt("paused") == 1);
			}
		}
		Arrivals arrivals = new Arrivals();
		current.forEach((handler, isPaused) -> {
			if (all || !isPaused.equals(this.paused.get(handler))) {
				arrivals.paused(handler, isPaused);
			}
		});
		this.paused = current;
		tell(arrivals);
	}

	// Waits for what others announce.
	private void hear(Connection connection, Duration patience) throws SQLException {
		PGConnection server = connection.unwrap(PGConnection.class);
		PGNotification[] heard = server.getNotifications(Math.toIntExact(Math.max(1, patience.toMillis())));
		for (PGNotification notification : (heard != null) ? heard : new PGNotification[0]) {
			Announcement announcement = Announcement.read(notification.getParameter());
			if (announcement != null) {
				tell(announcement.arrivals());
			}
			if (announcement != null && announcement.paused()) {
				tellPaused(connection, true);
			}
		}
	}

	private void tell(Arrivals arrivals) {
		if (!arrivals.isEmpty()) {
			this.listener.accept(arrivals);
		}
	}

	@Override
	public synchronized void leave() {
		stop();
		long id = this.lease.id();
		this.lease = Lease.NONE;
		this.writer.submitAndWait((session) -> {
			delete(session, id);
			return letGo(session);
		});
	}

	@Override
	public long id() {
		return this.lease.id();
	}

	@Override
	public boolean holds(long claimedBy) {
		Lease current = this.lease;
		return current.id() == claimedBy && current.lasts();
	}

	@Override
	public void close() {
		this.closed = true;
		stop();
		sayFarewell();
	}

	// What still runs stays this process's until its lease ends, and is not taken for
	// what ended it. A handler that is just ending the process is.
	private void sayFarewell() {
		long id = this.lease.id();
		if (id != Lease.NONE.id() && !this.atWork.isEnding()) {
			this.writer.submit((session) -> execute(session, FAREWELL, id));
		}
	}

	private void stop() {
		GuardedLoop stopped = this.loop;
		this.loop = null;
		if (stopped != null) {
			stopped.stop();
		}
	}

	/**
	 * The right to run what was claimed by an id, until a time of System.nanoTime(),
	 * which can stand still while a machine sleeps, and of its clock, which can be set.
	 */
	private record Lease(long id, long endsAt, long endsAtMillis) {

		private static final Lease NONE = new Lease(-1, 0, 0);

		boolean lasts() {
			return System.nanoTime() - this.endsAt < 0 && System.currentTimeMillis() < this.endsAtMillis;
		}

	}

	private record TakeOver(int runners, int deliveries) {

	}

	/**
	 * Tells how often something is to be done, beginning now.
	 */
	private static final class Interval {

		private final long nanos;

		private long end = System.nanoTime();

		Interval(Duration length) {
			this.nanos = length.toNanos();
		}

		// Whether it is time again; if so, the next interval begins.
		boolean isOver() {
			long now = System.nanoTime();
			if (now - this.end < 0) {
				return false;
			}
			this.end = now + this.nanos;
			return true;
		}

		Duration left() {
			return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
		}

	}

}
