package io.pulsehook.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts how often the process ended while a handler was at work on a delivery.
 */
final class Interruptions {

	private static final Log logger = LogFactory.getLog(Interruptions.class);

	/** The setting that says which list of the data directory was counted last. */
	static final String COUNTED = "interruptions-counted";

	private static final String FIND_COUNTED = "select value from pulsehook_setting where name = '" + COUNTED + "'";

	private static final String SAVE_COUNTED = "insert into pulsehook_setting (name, value) values ('" + COUNTED
			+ "', ?) on conflict (name) do update set value = excluded.value";

	private static final String UNFINISHED = """
			select handler from pulsehook_delivery where event_id = ? and run = ? and finished_at is null
			""";

	private static final String COUNT = """
			insert into pulsehook_interruption (event_id, handler, run, times) values (?, ?, ?, 1)
			on conflict (event_id, handler) do update set
				times = case when run = excluded.run then times + 1 else 1 end, run = excluded.run
			""";

	private static final String FORGET = """
			delete from pulsehook_interruption where event_id = ? and handler = ?
			""";

	private Interruptions() {
	}

	// Counts what the last process left, and begins a list of this process's own. If this
	// one ends in between, nothing is counted twice.
	static void count(Connection connection, AtWork atWork) throws SQLException {
		List<AtWork.Left> left = atWork.left();
		if (!left.isEmpty()) {
			connection.setAutoCommit(false);
			count(connection, left, Long.toString(atWork.number()));
			connection.commit();
		}
		atWork.clear();
	}

	private static void count(Connection connection, List<AtWork.Left> left, String list) throws SQLException {
		try (PreparedStatement counted = connection.prepareStatement(FIND_COUNTED);
				ResultSet row = counted.executeQuery()) {
			if (row.next() && row.getString("value").equals(list)) {
				return;
			}
		}
		int found = 0;
		for (AtWork.Left each : left) {
			for (String handler : handlers(connection, each)) {
				count(connection, each, handler);
				found++;
			}
		}
		try (PreparedStatement save = connection.prepareStatement(SAVE_COUNTED)) {
			save.setString(1, list);
			save.executeUpdate();
		}
		if (found > 0) {
			logger.warn("The last process ended while handlers were at work on " + found
					+ " deliveries. These run one at a time from now on, so that it is known which of them ends it.");
		}
	}

	private static List<String> handlers(Connection connection, AtWork.Left left) throws SQLException {
		List<String> handlers = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(UNFINISHED)) {
			statement.setLong(1, left.event());
			statement.setInt(2, left.run());
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					handlers.add(rows.getString("handler"));
				}
			}
		}
		return handlers.stream().filter(left::isOf).toList();
	}

	private static void count(Connection connection, AtWork.Left left, String handler) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
			statement.setLong(1, left.event());
			statement.setString(2, handler);
			statement.setInt(3, left.run());
			statement.executeUpdate();
		}
	}

	// Says that a delivery is finished: what happens in a later run is another matter.
	static void forgetIfFinished(Session session, Finish finish) throws SQLException {
		if (finish.delivery().interruptions() == 0 || finish.finishedAt() == null) {
			return;
		}
		PreparedStatement statement = session.prepare(FORGET);
		statement.setLong(1, finish.delivery().eventId());
		statement.setString(2, finish.delivery().handler());
		statement.executeUpdate();
	}

}
