package io.pulsehook.inbox.commit;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.IntakeResult;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.ServiceCodes;
import io.pulsehook.inbox.write.Session;

/**
 * Counts the events that one commit stores, by minute, so that charts never have to read
 * events. It takes one statement for each combination and not for each event.
 */
final class MinuteCounts {

	private static final String ADD = """
			insert into pulsehook_minute (minute, kind, type, service, result, events)
			values (?, ?, ?, ?, ?, ?)
			on conflict (minute, kind, type, service, result) do update set events = pulsehook_minute.events + excluded.events
			""";

	private final Map<Key, Integer> counts = new HashMap<>();

	void add(NewEvent event, IntakeResult result, long atMillis) {
		long minute = TimeUnit.MILLISECONDS.toMinutes(atMillis);
		String service = ServiceCodes.counted(event.service());
		this.counts.merge(new Key(minute, event.kind(), event.type(), service, result), 1, Integer::sum);
	}

	/** Adds the counts to those that are stored. */
	void flush(Session session) throws SQLException {
		for (Map.Entry<Key, Integer> count : this.counts.entrySet()) {
			Key key = count.getKey();
			PreparedStatement statement = session.prepare(ADD);
			statement.setLong(1, key.minute());
			statement.setString(2, key.kind().code());
			statement.setString(3, key.type());
			statement.setString(4, key.service());
			statement.setString(5, key.result().code());
			statement.setInt(6, count.getValue());
			statement.executeUpdate();
		}
	}

	private record Key(long minute, EventKind kind, String type, String service, IntakeResult result) {

	}

}
