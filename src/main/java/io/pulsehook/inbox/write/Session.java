package io.pulsehook.inbox.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * The writer's connection with its prepared statements, and the transaction on it.
 */
public final class Session implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Session.class);

	private final Dialect database;

	private final Connection connection;

	private final Subscriptions subscriptions;

	private final Prefetch prefetch;

	private final InstantSource clock;

	private final Map<String, PreparedStatement> statements = new HashMap<>();

	private final MinuteCounts counts = new MinuteCounts();

	private final List<Intake> intakes = new ArrayList<>();

	private final List<Finish> finishes = new ArrayList<>();

	private final List<AfterCommit> afterCommit = new ArrayList<>();

	private Arrivals arrivals = new Arrivals();

	private Instant now;

	private boolean handsOver;

	private List<DueDelivery> rejected = List.of();

	Session(Dialect database, Subscriptions subscriptions, Prefetch prefetch, InstantSource clock) throws SQLException {
		this.database = database;
		this.connection = database.writer();
		this.subscriptions = subscriptions;
		this.prefetch = prefetch;
		this.clock = clock;
		this.now = clock.instant();
		this.connection.setAutoCommit(false);
	}

	// Begins a transaction, in which deliveries may be handed over or not.
	void begin(boolean handsOver) throws SQLException {
		this.handsOver = handsOver;
		this.rejected = this.prefetch.rejected();
		this.database.begin(this);
		this.now = this.clock.instant();
	}

	// The time of this transaction.
	public Instant now() {
		return this.now;
	}

	public Subscriptions subscriptions() {
		return this.subscriptions;
	}

	public Connection connection() {
		return this.connection;
	}

	// The statement for this SQL, prepared once.
	public PreparedStatement prepare(String sql) throws SQLException {
		PreparedStatement statement = this.statements.get(sql);
		if (statement == null) {
			statement = this.connection.prepareStatement(sql);
			this.statements.put(sql, statement);
		}
		return statement;
	}

	// Runs a statement to its end; a prepared one would do a single step of a pragma.
	public void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.executeUpdate(sql);
		}
	}

	// The number that a query answers.
	public long number(String sql) throws SQLException {
		try (ResultSet result = prepare(sql).executeQuery()) {
			result.next();
			return result.getLong(1);
		}
	}

	// To be stored with all others of this transaction.
	void add(Intake intake) {
		this.intakes.add(intake);
	}

	// To be written with all others of this transaction.
	void add(Finish finish) {
		this.finishes.add(finish);
	}

	// To be done when this transaction is on disk, outside of any.
	public void afterCommit(AfterCommit action) {
		this.afterCommit.add(action);
	}

	// What arrived in this transaction, to be counted with it.
	MinuteCounts counts() {
		return this.counts;
	}

	// What this transaction brought, to be told once it is on disk.
	public Arrivals arrivals() {
		return this.arrivals;
	}

	// What this transaction lets go that was handed over.
	public List<DueDelivery> rejected() {
		return this.rejected;
	}

	// How many deliveries this transaction may hand over to a handler.
	public int creditsFor(String handler) {
		return this.handsOver ? this.prefetch.credits(handler) : 0;
	}

	// Says that a delivery is stored, and taken for a handler of this process.
	public void handOver(DueDelivery delivery) {
		this.prefetch.send(delivery);
		this.arrivals.handOver(delivery);
	}

	// Writes what was added. What has ended makes way for what comes.
	void flush() throws SQLException {
		if (!this.finishes.isEmpty()) {
			this.database.finish(this, this.finishes);
			this.finishes.clear();
		}
		if (!this.intakes.isEmpty()) {
			this.database.store(this, this.intakes);
			this.intakes.clear();
		}
	}

	// Ends the transaction but for its commit, and announces it to others or does not.
	void complete(boolean announces) throws SQLException {
		flush();
		this.counts.flush(this);
		if (announces) {
			this.database.announce(this);
		}
	}

	// Returns when all of the transaction is on disk, with what it brought.
	Arrivals commit() throws SQLException {
		this.connection.commit();
		this.database.verify();
		this.prefetch.requeued(this.rejected);
		if (!this.afterCommit.isEmpty()) {
			runAfterCommit();
		}
		return reset();
	}

	// Failures are not the transaction's any more: it is on disk.
	private void runAfterCommit() {
		try {
			this.connection.setAutoCommit(true);
			try {
				for (AfterCommit action : this.afterCommit) {
					action.run(this.connection);
				}
			}
			finally {
				this.connection.setAutoCommit(false);
			}
		}
		catch (SQLException ex) {
			logger.debug("What follows a commit failed", ex);
		}
	}

	void rollback() throws SQLException {
		this.prefetch.reject(reset().handedOver());
		this.subscriptions.doubt();
		this.connection.rollback();
	}

	private Arrivals reset() {
		Arrivals brought = this.arrivals;
		this.arrivals = new Arrivals();
		this.counts.clear();
		this.intakes.clear();
		this.finishes.clear();
		this.afterCommit.clear();
		return brought;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	/** Something that cannot be done in a transaction. */
	@FunctionalInterface
	public interface AfterCommit {

		void run(Connection connection) throws SQLException;

	}

}
