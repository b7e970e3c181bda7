package io.pulsehook.inbox.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts how often the process ended while a handler was at work on a delivery. What is
 * counted once runs as anything else: nearly always, it was there by chance.
 */
public final class Interruptions {

	private static final Log logger = LogFactory.getLog(Interruptions.class);

	/** How often that was in the run that a delivery {@code d} is in. */
	public static final String TIMES = """
			coalesce((
				select times from pulsehook_interruption i
				where i.event_id = d.event_id and i.handler = d.handler and i.run = d.run), 0)""";

	/** The setting that says which list of the data directory was counted last. */
	public static final String COUNTED = "interruptions-counted";

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

	// Left by what ran as anything else, whose outcomes are written without a look here.
	private static final String FORGET_FINISHED = """
			delete from pulsehook_interruption where (event_id, handler) in (
				select i.event_id, i.handler from pulsehook_interruption i
				where not exists (
					select 1 from pulsehook_delivery d
					where d.event_id = i.event_id and d.handler = i.handler and d.run = i.run and d.finished_at is null)
				limit 500)
			""";

	private Interruptions() {
	}

	// Counts what the last process left, and begins a list of this process's own. If this
	// one ends in between, nothing is counted twice.
	public static void count(Connection connection, AtWork atWork) throws SQLException {
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
					+ " deliveries. Those that it ends on again run one at a time, so that it is known which of them"
					+ " ends it.");
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

	// Forgets some of what is finished, or run anew, and says how many; 0 means that
	// there are no more.
	public static int forgetFinished(Session session) throws SQLException {
		return session.prepare(FORGET_FINISHED).executeUpdate();
	}

	// Says that a delivery is finished: what happens in a later run is another matter.
	public static void forgetIfFinished(Session session, Finish finish) throws SQLException {
		if (finish.delivery().interruptions() == 0 || finish.finishedAt() == null) {
			return;
		}
		PreparedStatement statement = session.prepare(FORGET);
		statement.setLong(1, finish.delivery().eventId());
		statement.setString(2, finish.delivery().handler());
		statement.executeUpdate();
	}

}
