package io.pulsehook.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who receives what: looked up for each event while it is stored.
 */
final class Subscriptions {

	private static final String SAVE = """
			insert into pulsehook_handler (id, types, last_seen) values (?, ?, ?)
			on conflict (id) do update set types = excluded.types, last_seen = excluded.last_seen
			""";

	private volatile Map<String, List<Subscription>> byType = Map.of();

	List<Subscription> to(String type) {
		return this.byType.getOrDefault(type, List.of());
	}

	void replace(List<Subscription> subscriptions) {
		Map<String, List<Subscription>> replacement = new HashMap<>();
		for (Subscription subscription : subscriptions) {
			for (String type : subscription.types()) {
				replacement.merge(type, List.of(subscription), Subscriptions::append);
			}
		}
		this.byType = replacement;
	}

	private static List<Subscription> append(List<Subscription> list, List<Subscription> more) {
		return Stream.concat(list.stream(), more.stream()).toList();
	}

	static Write<Boolean> save(List<Subscription> subscriptions, Instant now) {
		return (session) -> {
			for (Subscription subscription : subscriptions) {
				save(session, subscription, now);
			}
			return true;
		};
	}

	private static void save(Session session, Subscription subscription, Instant now) throws SQLException {
		PreparedStatement statement = session.prepare(SAVE);
		statement.setString(1, subscription.handler());
		statement.setString(2, String.join(",", subscription.types().stream().sorted().toList()));
		statement.setLong(3, now.toEpochMilli());
		statement.executeUpdate();
	}

	static Write<Integer> pause(String handler, boolean paused) {
		return (session) -> {
			PreparedStatement statement = session.prepare("update pulsehook_handler set paused = ? where id = ?");
			statement.setInt(1, paused ? 1 : 0);
			statement.setString(2, handler);
			return statement.executeUpdate();
		};
	}

}
