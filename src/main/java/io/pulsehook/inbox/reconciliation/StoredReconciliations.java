package io.pulsehook.inbox.reconciliation;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.reconciliation.BeginWrite.Schedule;
import io.pulsehook.inbox.write.Dialect;

/**
 * Keeps reconciliations and what they found. One runs at a time, in the process that has
 * its lease.
 */
public final class StoredReconciliations {

	private static final JsonMapper json = JsonMapper.shared();

	private static final String LATEST_BOTS = """
			select bots from pulsehook_reconciliation where bots is not null order by id desc limit 1
			""";

	private static final String SET_BOTS = "update pulsehook_reconciliation set bots = ? where id = ?";

	private static final String RELEASE = """
			update pulsehook_reconciliation set runner = null, lease_until = null where id = ? and runner = ?
			""";

	private final Dialect database;

	private final Writer writer;

	private final JdbcClient jdbc;

	private final Duration lease;

	/**
	 * Creates the store.
	 * @param database the database
	 * @param writer writes
	 * @param jdbc reads
	 * @param lease how long a process that is not heard of keeps a reconciliation
	 */
	public StoredReconciliations(Dialect database, Writer writer, JdbcClient jdbc, Duration lease) {
		this.database = database;
		this.writer = writer;
		this.jdbc = jdbc;
		this.lease = lease;
	}

	/**
	 * Returns how long a process that is not heard of keeps a reconciliation.
	 * @return the time
	 */
	public Duration lease() {
		return this.lease;
	}

	/**
	 * Begins a reconciliation, unless one runs.
	 * @param window how far it looks back
	 * @return the id of the one that runs now
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public long begin(Duration window) {
		return this.writer.submitAndWait(new BeginWrite(window, null));
	}

	/**
	 * Begins the reconciliation that the schedule wants, if it is time and none runs.
	 * @param interval the time between the beginnings of two
	 * @param window how far it looks back at most; it looks back no farther than to what
	 * the last one of the schedule compared
	 * @param overlap how much of that it compares once more
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void beginIfDue(Duration interval, Duration window, Duration overlap) {
		this.writer.submitAndWait(new BeginWrite(window, new Schedule(interval, overlap)));
	}

	/**
	 * Finds a reconciliation.
	 * @param id its id
	 * @return the reconciliation, if there is one
	 */
	public Optional<StoredReconciliation> find(long id) {
		return this.jdbc.sql(StoredReconciliation.SELECT + "where r.id = ?")
			.param(id)
			.query((row, number) -> StoredReconciliation.read(row))
			.optional();
	}

	/**
	 * Finds the last reconciliation of the schedule that compared all that it could: the
	 * next one looks back to it.
	 * @return the reconciliation, if there is one
	 */
	public Optional<StoredReconciliation> lastCompared() {
		return this.jdbc
			.sql(StoredReconciliation.SELECT
					+ "where r.scheduled = 1 and r.status = 'done' order by r.window_to desc limit 1")
			.query((row, number) -> StoredReconciliation.read(row))
			.optional();
	}

	/**
	 * Finds the reconciliation that runs, in this process or another one, or waits for a
	 * process to take it.
	 * @return its id, if one runs
	 */
	public Optional<Long> running() {
		return this.jdbc.sql("select id from pulsehook_reconciliation where status = 'running'")
			.query(Long.class)
			.optional();
	}

	/**
	 * Tells when the schedule last began a reconciliation.
	 * @return the time, if it ever has
	 */
	public Optional<Instant> lastScheduled() {
		long last = this.jdbc
			.sql("select coalesce(max(started_at), -1) from pulsehook_reconciliation where scheduled = 1")
			.query(Long.class)
			.single();
		return (last >= 0) ? Optional.of(Instant.ofEpochMilli(last)) : Optional.empty();
	}

	/**
	 * Lists reconciliations.
	 * @param limit how many at most
	 * @return the newest first
	 */
	public List<StoredReconciliation> newest(int limit) {
		return this.jdbc.sql(StoredReconciliation.SELECT + "order by r.id desc limit ?")
			.param(limit)
			.query((row, number) -> StoredReconciliation.read(row))
			.list();
	}

	/**
	 * Takes a reconciliation that runs, or keeps it.
	 * @param id its id
	 * @param runner this process
	 * @return {@code false} if it has ended, or another process works on it
	 */
	public boolean take(long id, String runner) {
		return this.writer.submitAndWait(lease(id, runner));
	}

	/**
	 * Lets another process take a reconciliation at once.
	 * @param id its id
	 * @param runner this process
	 */
	public void release(long id, String runner) {
		this.writer.submitAndWait((session) -> {
			PreparedStatement statement = session.prepare(RELEASE);
			statement.setLong(1, id);
			statement.setString(2, runner);
			return statement.executeUpdate();
		});
	}

	/**
	 * Writes how far a reconciliation has come, and keeps it. Messages of contacts that
	 * were erased are not kept, and one that is found twice is kept once.
	 * @param id its id
	 * @param runner this process
	 * @param contacts how many contacts were compared since the last call
	 * @param cursor what it goes on after
	 * @param found what was found since the last call
	 * @return {@code false} if another process has taken it, so that nothing was written
	 */
	public boolean advance(long id, String runner, int contacts, String cursor, List<StoredMissing> found) {
		return this.writer.submitAndWait(new AdvanceWrite(id, lease(id, runner), contacts, cursor, found));
	}

	/**
	 * Ends a reconciliation.
	 * @param id its id
	 * @param runner this process
	 * @param status the word that stands for its status from now on
	 * @param error why it could not go on, or what it could not compare, or {@code null}
	 * @return {@code false} if another process has taken it, so that nothing was written
	 */
	public boolean end(long id, String runner, String status, @Nullable String error) {
		return this.writer.submitAndWait(new EndWrite(id, lease(id, runner), status, error));
	}

	private LeaseWrite lease(long id, String runner) {
		return LeaseWrite.of(this.database, id, runner, this.lease);
	}

	/**
	 * Finds the bots that have sent messages here, and keeps with a reconciliation how
	 * far the events were looked through for them.
	 * @param id the reconciliation
	 * @param between is run now and then, since that can take long at first
	 * @return each bot once
	 */
	public List<KnownBot> bots(long id, Runnable between) {
		KnownBots known = this.jdbc.sql(LATEST_BOTS)
			.query(String.class)
			.optional()
			.map((bots) -> json.readValue(bots, KnownBots.class))
			.orElse(KnownBots.NONE);
		KnownBots bots = new BotSearch(this.jdbc, between).from(known);
		this.writer.submitAndWait((session) -> {
			PreparedStatement statement = session.prepare(SET_BOTS);
			statement.setString(1, json.writeValueAsString(bots));
			statement.setLong(2, id);
			return statement.executeUpdate();
		});
		return bots.bots();
	}

	/**
	 * Returns the messages that were received, to compare with.
	 * @return where they are read
	 */
	public ContactMessages messages() {
		return new ContactMessages(this.database, this.jdbc);
	}

	/**
	 * Reads which contacts were erased, here or by another process.
	 * @param time the time since which they were
	 * @return when each was
	 */
	public ErasureTimes erasedSince(Instant time) {
		return ErasureTimes.since(this.jdbc, time);
	}

	/**
	 * Returns what reconciliations have found.
	 * @return where it is read and changed
	 */
	public MissingMessages missing() {
		return new MissingMessages(this.writer, this.jdbc);
	}

}
