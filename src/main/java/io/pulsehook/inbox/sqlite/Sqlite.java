package io.pulsehook.inbox.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.commit.Database;
import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DirectoryUse;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.write.AtWork;
import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Finish;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.IntakeTransaction;
import io.pulsehook.inbox.write.MinuteCount;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Transaction;

/**
 * SQLite as the inbox uses it: one file in the data directory, which one process owns and
 * which is synced to disk on each commit.
 */
public final class Sqlite implements Database {

	/** The name of the database file in the data directory. */
	public static final String FILE = DirectoryUse.DATA.database();

	private static final String MIGRATIONS = "io/pulsehook/inbox/sqlite";

	private static final String PROBE = "update pulsehook_probe set data = randomblob(262144)";

	/** The query by contact takes some microseconds for each 1,024 ids of its range. */
	private static final long CONTACT_SPAN = 1L << 18;

	/**
	 * Walks through the range in blocks of 1,024 ids, as the index by contact has them:
	 * in one index over all ids, each event would belong to another page, and its commit
	 * would write all of that page.
	 */
	static final String OF_CONTACT = """
			with recursive range (lower, upper) as (
				select max(%s, (select min(id) from pulsehook_event)), min(%s, (select max(id) from pulsehook_event))
			), thousand (number) as (
				select lower >> 10 from range
				union all
				select number + 1 from thousand, range where number < upper >> 10
			)
			select e.id from thousand t, range
			cross join pulsehook_event e indexed by pulsehook_event_contact_in_thousand
			where e.id >> 10 = t.number and e.contact = %s and e.id >= range.lower and e.id <= range.upper
			""";

	private final SqliteFile file;

	private final AtWork atWork;

	private Sqlite(SqliteFile file, AtWork atWork) {
		this.file = file;
		this.atWork = atWork;
	}

	/**
	 * Opens the database and brings it up to date.
	 * @param directory the data directory, which is made if it is missing
	 * @return the open database
	 * @throws DataDirectoryException if the directory cannot be used, another process
	 * uses it, or the database is damaged
	 */
	public static Sqlite open(Path directory) {
		SqliteFile file = SqliteFile.open(DirectoryUse.DATA, directory, MIGRATIONS);
		try {
			AtWork atWork = AtWork.in(directory);
			try (Connection connection = file.writer()) {
				InterruptionCount.update(connection, atWork);
			}
			return new Sqlite(file, atWork);
		}
		catch (IOException | SQLException | RuntimeException ex) {
			throw file.closedAfter(ex);
		}
	}

	/**
	 * Explains what went wrong while the inbox was opened.
	 * @param directory the data directory
	 * @param ex what was thrown
	 * @return an exception that says what can be done about it
	 */
	public static RuntimeException explained(Path directory, Exception ex) {
		return SqliteErrors.unopened(DirectoryUse.DATA, directory.resolve(FILE), ex);
	}

	@Override
	public Connection writer() throws SQLException {
		return this.file.writer();
	}

	@Override
	public DataSource readers() {
		return this.file.readers();
	}

	@Override
	public boolean isShared() {
		return false;
	}

	@Override
	public boolean refusesData(SQLException ex) {
		return SqliteErrors.refusesData(ex);
	}

	@Override
	public boolean refusesAnnouncement(SQLException ex) {
		return false;
	}

	@Override
	public @Nullable DataDirectoryException damage(SQLException ex) {
		return this.file.damage(ex);
	}

	@Override
	public void verify() throws SQLException {
		this.file.requireInPlace();
	}

	@Override
	public Duration idleLimit() {
		return SqliteFile.WATCH_INTERVAL;
	}

	@Override
	public String probe() {
		return PROBE;
	}

	@Override
	public void begin(Session session, Subscriptions subscriptions) {
		// It is always this process's turn: nobody else writes into the file.
	}

	@Override
	public void requeue(Transaction transaction, List<DueDelivery> rejected) {
		// Nothing is sent ahead to handlers.
	}

	@Override
	public void write(IntakeTransaction transaction, List<Finish> finishes, List<Intake> intakes) throws SQLException {
		SqliteFinish outcomes = new SqliteFinish(transaction);
		for (Finish finish : finishes) {
			outcomes.write(finish);
		}
		SqliteIntake events = new SqliteIntake(transaction);
		for (Intake intake : intakes) {
			events.store(intake);
		}
	}

	@Override
	public void count(Transaction transaction, List<MinuteCount> counts) throws SQLException {
		SqliteCounts.add(transaction, counts);
	}

	@Override
	public void announce(Transaction transaction) {
		// There is nobody else to be told.
	}

	@Override
	public void commit(Session session, List<BoundStatement> deferred) throws SQLException {
		// Nothing is deferred: there are no round trips to be saved.
		session.connection().commit();
	}

	@Override
	public String unfinished() {
		return "pulsehook_delivery d indexed by pulsehook_delivery_unfinished";
	}

	@Override
	public String ofContact(String lower, String upper, String contact) {
		return OF_CONTACT.formatted(lower, upper, contact);
	}

	@Override
	public long contactSpan() {
		return CONTACT_SPAN;
	}

	@Override
	public Parts parts(Writer writer, InboxListener observer) throws SQLException {
		return new Parts(new SoleRunner(writer), new SqliteClaims(readers(), writer), this.atWork,
				new SqliteFileSpace(writer));
	}

	@Override
	public void close() throws IOException, SQLException {
		try (SqliteFile last = this.file) {
			this.atWork.close();
		}
	}

}
