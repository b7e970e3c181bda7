package io.pulsehook.inbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.write.AtWork;

/**
 * Counts, while the database is opened, the deliveries that handlers were at work on when
 * the last process ended.
 */
public final class InterruptionCount {

	private static final Log logger = LogFactory.getLog(InterruptionCount.class);

	/**
	 * The name of the setting that holds the number of the {@link AtWork} list that was
	 * counted last. It means nothing in another database.
	 */
	public static final String SETTING = "interruptions-counted";

	private static final String FIND_COUNTED = "select value from pulsehook_setting where name = '" + SETTING + "'";

	private static final String SAVE_COUNTED = "insert into pulsehook_setting (name, value) values ('" + SETTING
			+ "', ?) on conflict (name) do update set value = excluded.value";

	private static final String UNFINISHED = """
			select handler from pulsehook_delivery where event_id = ? and run = ? and finished_at is null
			""";

	private static final String COUNT = """
			insert into pulsehook_interruption (event_id, handler, run, times) values (?, ?, ?, 1)
			on conflict (event_id, handler) do update set
				times = case when run = excluded.run then times + 1 else 1 end, run = excluded.run
			""";

	private final Connection connection;

	private InterruptionCount(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Counts what the last process left and begins an empty list for this one. If this
	 * process ends between the two, the next start does not count the same list again.
	 * @param connection commits to disk, and is used for nothing else afterwards
	 * @param atWork the list of the last process
	 * @throws SQLException if the database fails
	 */
	static void update(Connection connection, AtWork atWork) throws SQLException {
		List<AtWork.Left> left = atWork.left();
		if (!left.isEmpty()) {
			connection.setAutoCommit(false);
			new InterruptionCount(connection).count(left, Long.toString(atWork.number()));
			connection.commit();
		}
		atWork.clear();
	}

	private void count(List<AtWork.Left> left, String list) throws SQLException {
		if (isCounted(list)) {
			return;
		}
		int found = 0;
		for (AtWork.Left each : left) {
			for (String handler : handlers(each)) {
				count(each, handler);
				found++;
			}
		}
		try (PreparedStatement save = this.connection.prepareStatement(SAVE_COUNTED)) {
			save.setString(1, list);
			save.executeUpdate();
		}
		if (found > 0) {
			logger.warn("The last process ended while handlers were at work on " + found
					+ " deliveries. Those that it ends on again run one at a time, so that it is known which of them"
					+ " ends it.");
		}
	}

	private boolean isCounted(String list) throws SQLException {
		try (PreparedStatement counted = this.connection.prepareStatement(FIND_COUNTED);
				ResultSet row = counted.executeQuery()) {
			return row.next() && row.getString("value").equals(list);
		}
	}

	private List<String> handlers(AtWork.Left left) throws SQLException {
		List<String> handlers = new ArrayList<>();
		try (PreparedStatement statement = this.connection.prepareStatement(UNFINISHED)) {
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

	private void count(AtWork.Left left, String handler) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(COUNT)) {
			statement.setLong(1, left.event());
			statement.setString(2, handler);
			statement.setInt(3, left.run());
			statement.executeUpdate();
		}
	}

}
