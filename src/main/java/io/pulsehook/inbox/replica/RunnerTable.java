package io.pulsehook.inbox.replica;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Subscriptions;
import io.pulsehook.inbox.write.Transaction;

/**
 * The table of the replicas that run deliveries. Each has a row with the end of its lease
 * in the server's time.
 */
final class RunnerTable {

	private static final String INSERT = """
			insert into pulsehook_runner (lease_until) values (clock_timestamp() + ? * interval '1 millisecond')
			returning id
			""";

	static final String RENEW = """
			update pulsehook_runner set lease_until = clock_timestamp() + ? * interval '1 millisecond' where id = ?
			""";

	private static final String DELETE = """
			delete from pulsehook_runner where id = ?
			""";

	private static final String FAREWELL = """
			update pulsehook_runner set farewell = true where id = ?
			""";

	private static final String CHANGE_VERSION = """
			update pulsehook_turn set version = version + 1
			""";

	private RunnerTable() {
	}

	static long insert(Session session, Duration lease) throws SQLException {
		PreparedStatement statement = session.prepare(INSERT);
		statement.setLong(1, lease.toMillis());
		try (ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getLong("id");
		}
	}

	/**
	 * Renews the lease of a replica.
	 * @param statement the prepared {@link #RENEW}
	 * @param id the replica's id
	 * @param lease how long it lasts from now on
	 * @return {@code false} if the replica has been given up
	 * @throws SQLException if the database fails
	 */
	static boolean renew(PreparedStatement statement, long id, Duration lease) throws SQLException {
		statement.setLong(1, lease.toMillis());
		statement.setLong(2, id);
		return statement.executeUpdate() == 1;
	}

	/**
	 * Deletes a replica and its subscriptions.
	 * @param session the transaction
	 * @param id the replica's id
	 * @throws SQLException if the database fails
	 */
	static void delete(Session session, long id) throws SQLException {
		Subscriptions.delete(session, id);
		execute(session, DELETE, id);
	}

	/**
	 * Marks a replica that ends in order: when its lease ends, no delivery is blamed for
	 * that.
	 * @param session the transaction
	 * @param id the replica's id
	 * @return how many rows were marked
	 * @throws SQLException if the database fails
	 */
	static int markFarewell(Session session, long id) throws SQLException {
		return execute(session, FAREWELL, id);
	}

	/**
	 * Makes every replica load the subscriptions when it writes next; this transaction
	 * loads them at once.
	 * @param session the transaction
	 * @throws SQLException if the database fails
	 */
	static void announceSubscriptions(Transaction session) throws SQLException {
		session.prepare(CHANGE_VERSION).executeUpdate();
		session.subscriptions().load(session);
	}

	private static int execute(Session session, String sql, long id) throws SQLException {
		PreparedStatement statement = session.prepare(sql);
		statement.setLong(1, id);
		return statement.executeUpdate();
	}

}
