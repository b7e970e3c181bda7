package io.pulsehook.inbox.commit;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.IntakeResult;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.ServiceCodes;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.MinuteCount;
import io.pulsehook.inbox.write.Transaction;

/**
 * Counts the events that one commit stores, by minute, so that charts never have to read
 * events. It takes one statement for each combination and not for each event.
 */
final class MinuteCounts {

	private final Map<Key, Integer> counts = new HashMap<>();

	void add(NewEvent event, IntakeResult result, long atMillis) {
		long minute = TimeUnit.MILLISECONDS.toMinutes(atMillis);
		String service = ServiceCodes.counted(event.service());
		this.counts.merge(new Key(minute, event.kind(), event.type(), service, result), 1, Integer::sum);
	}

	/** Adds the counts to those that are stored. */
	void flush(Dialect dialect, Transaction transaction) throws SQLException {
		if (!this.counts.isEmpty()) {
			dialect.count(transaction,
					this.counts.entrySet().stream().map((count) -> count.getKey().times(count.getValue())).toList());
		}
	}

	private record Key(long minute, EventKind kind, String type, String service, IntakeResult result) {

		MinuteCount times(int events) {
			return new MinuteCount(this.minute, this.kind, this.type, this.service, this.result, events);
		}

	}

}
