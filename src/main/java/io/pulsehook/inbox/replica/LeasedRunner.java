package io.pulsehook.inbox.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.AtWork;
import io.pulsehook.inbox.write.Runner;
import io.pulsehook.threads.GuardedLoop;

/**
 * One of several replicas. A thread with a connection of its own renews the lease, takes
 * over from replicas that did not, and listens to what the others bring.
 */
public final class LeasedRunner implements Runner {

	private static final Log logger = LogFactory.getLog(LeasedRunner.class);

	/**
	 * A step of the server's clock that the drift between two clocks does not explain.
	 */
	private static final Duration LARGEST_STEP = Duration.ofSeconds(5);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private final Writer writer;

	private final DataSource dataSource;

	private final DatabaseClock clock;

	private final LeaseTimes times;

	private final AtWork atWork;

	private final Lease lease;

	private final Takeover takeover;

	private final Feed feed;

	private volatile @Nullable GuardedLoop loop;

	private volatile boolean closed;

	/** Used by the runner's thread alone. */
	private boolean failing;

	/**
	 * Creates a runner that begins when it joins.
	 * @param writer writes the lease
	 * @param dataSource has a connection for the runner's own thread
	 * @param clock is read with each heartbeat
	 * @param times how long the replicas wait for one another
	 * @param term is renewed whenever the lease is
	 * @param observer is told of replicas that this one took over from
	 * @param atWork tells whether a handler ends this process
	 */
	public LeasedRunner(Writer writer, DataSource dataSource, DatabaseClock clock, LeaseTimes times, LeaseTerm term,
			InboxListener observer, AtWork atWork) {
		this.writer = writer;
		this.dataSource = dataSource;
		this.clock = clock;
		this.times = times;
		this.atWork = atWork;
		this.lease = new Lease(writer, times.lease(), term);
		this.takeover = new Takeover(writer, observer, times.lease());
		this.feed = new Feed(writer, clock);
	}

	@Override
	public synchronized boolean join(List<Subscription> subscriptions, Consumer<Arrivals> listener) {
		this.feed.subscribe(subscriptions, listener);
		boolean registered = this.lease.register(subscriptions);
		if (this.loop == null) {
			// Publish the loop before its thread starts, which asks whether it is the
			// current one.
			GuardedLoop started = GuardedLoop.vital("pulsehook-lease", (self) -> connect(), this.writer.threads());
			this.loop = started;
			started.start();
		}
		return registered;
	}

	// Uses one connection for as long as it lasts.
	private Duration connect() {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("listen " + Announcement.CHANNEL);
			try {
				attend(connection);
			}
			finally {
				// The connection goes back to its pool, and whoever gets it next must not
				// receive the notifications.
				statement.execute("unlisten *");
			}
			return Duration.ZERO;
		}
		catch (SQLException | RuntimeException ex) {
			failed(ex);
			return PAUSE_AFTER_FAILURE;
		}
	}

	private void attend(Connection connection) throws SQLException {
		Interval heartbeats = new Interval(this.times.heartbeat());
		Interval polls = new Interval(this.times.poll());
		boolean settled = false;
		while (isCurrent()) {
			if (heartbeats.hasEnded()) {
				boolean steady = beat(connection);
				if (settled && steady) {
					this.takeover.run(connection);
				}
				// After an outage, or when the server's clock was set, no replica could
				// renew its lease: wait one heartbeat before any of them is given up.
				settled = steady;
			}
			if (polls.hasEnded()) {
				this.feed.poll(connection);
			}
			this.feed.await(connection, polls.left());
		}
	}

	// Renews the lease, unless this replica is leaving or still to be registered, and
	// returns whether the server's clock has gone on steadily since the last time.
	private synchronized boolean beat(Connection connection) throws SQLException {
		if (!isCurrent() || !this.lease.isSettled()) {
			return false;
		}
		Duration step = this.clock.read(connection);
		this.lease.renew(connection);
		if (this.failing) {
			logger.info("The lease of this replica is renewed again.");
			this.failing = false;
		}
		return step.abs().compareTo(LARGEST_STEP) < 0;
	}

	// A replica that is still to be registered has no lease that it could lose.
	private void failed(Exception ex) {
		if (!this.lease.isSettled()) {
			return;
		}
		if (!this.failing && isCurrent()) {
			logger.warn("The lease of this replica cannot be renewed: " + DatabaseErrors.of(ex)
					+ ". This is tried again every second.");
		}
		this.failing = true;
	}

	private boolean isCurrent() {
		GuardedLoop current = this.loop;
		return !this.closed && current != null && current.isCurrentThread();
	}

	@Override
	public synchronized void leave() {
		stop();
		this.lease.giveUp();
	}

	@Override
	public long id() {
		return this.lease.id();
	}

	@Override
	public boolean holds(long claimedBy) {
		return this.lease.holds(claimedBy);
	}

	@Override
	public void close() {
		this.closed = true;
		stop();
		// A handler that called System.exit is to blame for this end, so that its
		// delivery has to be counted.
		if (!this.atWork.isEnding()) {
			this.lease.sayFarewell();
		}
	}

	private void stop() {
		GuardedLoop stopped = this.loop;
		this.loop = null;
		if (stopped != null) {
			stopped.stop();
		}
	}

}
