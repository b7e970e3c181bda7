package io.pulsehook.inbox.replica;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.HandlerStates;

/**
 * Tells this replica what the others brought: at once by the server's notifications, and
 * by polling, since notifications can be lost with a connection. But for
 * {@link #subscribe}, it is used by one thread.
 */
final class Feed {

	/**
	 * Compares the first due time of each handler. Of "is there one that is due", the
	 * planner might look for it in all that is due.
	 */
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

	private final Writer writer;

	private final DatabaseClock clock;

	private volatile List<Subscription> subscriptions = List.of();

	private volatile Consumer<Arrivals> listener = (arrivals) -> {
	};

	/** The version of the subscriptions that was seen last. */
	private long version;

	Feed(Writer writer, DatabaseClock clock) {
		this.writer = writer;
		this.clock = clock;
	}

	void subscribe(List<Subscription> subscriptions, Consumer<Arrivals> listener) {
		this.subscriptions = List.copyOf(subscriptions);
		this.listener = listener;
	}

	/**
	 * Looks for what may have been missed: changed subscriptions, changed states of
	 * handlers, and deliveries that are due.
	 * @param connection a connection that commits each statement
	 * @throws SQLException if the database fails
	 */
	void poll(Connection connection) throws SQLException {
		pollSubscriptions(connection);
		pollStates(connection);
		pollDue(connection);
	}

	// Every write loads the subscriptions if they have changed. A replica that writes
	// nothing would not hear of them, so it writes nothing on purpose.
	private void pollSubscriptions(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(VERSION)) {
			row.next();
			if (row.getLong("version") != this.version) {
				this.version = row.getLong("version");
				this.writer.submit((session) -> true);
			}
		}
	}

	// Tells all states, also those that have not changed: what this replica was told last
	// may have come from elsewhere and be older.
	private void pollStates(Connection connection) throws SQLException {
		Arrivals arrivals = new Arrivals();
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(HandlerStates.ALL)) {
			while (row.next()) {
				arrivals.state(row.getString("id"), HandlerStates.read(row));
			}
		}
		tell(arrivals);
	}

	private void pollDue(Connection connection) throws SQLException {
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

	/**
	 * Waits for announcements of other replicas and passes them on.
	 * @param connection a connection that listens to {@link Announcement#CHANNEL}
	 * @param patience how long it waits at most
	 * @throws SQLException if the database fails
	 */
	void await(Connection connection, Duration patience) throws SQLException {
		PGConnection server = connection.unwrap(PGConnection.class);
		PGNotification[] heard = server.getNotifications(Math.toIntExact(Math.max(1, patience.toMillis())));
		for (PGNotification notification : (heard != null) ? heard : new PGNotification[0]) {
			Announcement announcement = Announcement.read(notification.getParameter());
			if (announcement != null) {
				tell(announcement.arrivals());
			}
			if (announcement != null && announcement.states()) {
				pollStates(connection);
			}
		}
	}

	private void tell(Arrivals arrivals) {
		if (!arrivals.isEmpty()) {
			this.listener.accept(arrivals);
		}
	}

}
