package io.pulsehook.inbox.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.IntakeResult;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.IntakeTransaction;
import io.pulsehook.inbox.write.Subscriptions;

/**
 * One transaction of the writer, from its beginning to its commit, and everything that it
 * collects in between. To be used once.
 */
final class Commit implements IntakeTransaction {

	private final JdbcSession session;

	private final Dialect dialect;

	private final Subscriptions subscriptions;

	private final Prefetch prefetch;

	private final boolean prefetches;

	private final List<DueDelivery> requeued;

	private final List<Intake> intakes = new ArrayList<>();

	private final List<Finish> finishes = new ArrayList<>();

	private final List<BoundStatement> deferred = new ArrayList<>();

	private final FollowUps followUps = new FollowUps();

	private final MinuteCounts counts = new MinuteCounts();

	private final Arrivals arrivals = new Arrivals();

	private boolean awaitsTurn;

	/**
	 * Prepares a transaction.
	 * @param prefetches whether it may send deliveries ahead to handlers
	 */
	Commit(JdbcSession session, Dialect dialect, Subscriptions subscriptions, Prefetch prefetch, boolean prefetches) {
		this.session = session;
		this.dialect = dialect;
		this.subscriptions = subscriptions;
		this.prefetch = prefetch;
		this.prefetches = prefetches;
		this.requeued = prefetch.rejected();
	}

	/** Begins when it is this process's turn to write. */
	void begin() throws SQLException {
		this.dialect.begin(this.session, this.subscriptions);
		this.session.readClock();
		// Not before it is this process's turn: a transaction that failed may have gone
		// on at the server until then, and may have stored them.
		if (!this.requeued.isEmpty()) {
			this.dialect.requeue(this, this.requeued);
		}
	}

	/**
	 * Whether its batches may wait for this process's turn themselves, which saves a
	 * round trip.
	 */
	boolean canBeginWithBatches() {
		return this.dialect.isShared() && !this.subscriptions.areStale() && this.requeued.isEmpty();
	}

	/** Leaves it to the batches to wait for this process's turn to write. */
	void beginWithBatches() {
		this.awaitsTurn = true;
		this.session.readClock();
	}

	@Override
	public Instant now() {
		return this.session.now();
	}

	@Override
	public Connection connection() {
		return this.session.connection();
	}

	@Override
	public PreparedStatement prepare(String sql) throws SQLException {
		return this.session.prepare(sql);
	}

	@Override
	public void execute(String sql) throws SQLException {
		this.session.execute(sql);
	}

	@Override
	public long number(String sql) throws SQLException {
		return this.session.number(sql);
	}

	@Override
	public boolean awaitsTurn() {
		return this.awaitsTurn;
	}

	@Override
	public Subscriptions subscriptions() {
		return this.subscriptions;
	}

	@Override
	public Arrivals arrivals() {
		return this.arrivals;
	}

	@Override
	public void store(Intake intake) {
		this.intakes.add(intake);
	}

	@Override
	public void finish(Finish finish) {
		this.finishes.add(finish);
	}

	@Override
	public void defer(BoundStatement statement) {
		this.deferred.add(statement);
	}

	@Override
	public void afterCommit(AfterCommit action) {
		this.followUps.add(action);
	}

	@Override
	public void accepted(Intake intake, NewEvent event) {
		count(event, IntakeResult.ACCEPTED);
		intake.accepted(event);
		if (this.subscriptions.to(event.type(), event.title()).isEmpty()) {
			this.arrivals.unhandled(event.type());
		}
	}

	@Override
	public void repeated(Intake intake, NewEvent event) {
		count(event, IntakeResult.DUPLICATE);
		intake.repeated(event);
	}

	// Charts show what came from outside, which an alert of the application did not.
	private void count(NewEvent event, IntakeResult result) {
		if (!event.isAlert()) {
			this.counts.add(event, result, now().toEpochMilli());
		}
	}

	@Override
	public int creditsFor(String handler) {
		return this.prefetches ? this.prefetch.credits(handler) : 0;
	}

	@Override
	public void handOver(DueDelivery delivery) {
		this.prefetch.send(delivery);
		this.arrivals.handOver(delivery);
	}

	/**
	 * Writes the batches. Outcomes come first, since a delivery that has ended makes way
	 * for the next one of its key.
	 */
	void flush() throws SQLException {
		if (!this.finishes.isEmpty() || !this.intakes.isEmpty()) {
			this.dialect.write(this, this.finishes, this.intakes);
			this.awaitsTurn = false;
			this.finishes.clear();
			this.intakes.clear();
		}
	}

	/**
	 * Runs at once what was left to the end, before writes that may look for it.
	 */
	void runDeferred() throws SQLException {
		for (BoundStatement statement : this.deferred) {
			PreparedStatement prepared = prepare(statement.sql());
			statement.bind(prepared, 1);
			prepared.execute();
		}
		this.deferred.clear();
	}

	/**
	 * Writes everything that is left to write before the commit.
	 * @param announces whether other replicas are told of the commit
	 */
	void complete(boolean announces) throws SQLException {
		flush();
		this.counts.flush(this.dialect, this);
		if (announces) {
			this.dialect.announce(this);
		}
	}

	/**
	 * Commits, and returns when the transaction is on disk.
	 * @return what it brought
	 */
	Arrivals commit() throws SQLException {
		this.dialect.commit(this.session, this.deferred);
		this.dialect.verify();
		this.prefetch.requeued(this.requeued);
		this.followUps.run(connection());
		return this.arrivals;
	}

	/** Rolls back, and rejects what was sent ahead: it may never be stored. */
	void rollback() throws SQLException {
		this.prefetch.reject(this.arrivals.handedOver());
		this.subscriptions.doubt();
		connection().rollback();
	}

}
