package io.pulsehook.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.handlers.RecordRow;
import io.pulsehook.inbox.history.HandlerRecord;
import io.pulsehook.inbox.history.History;
import io.pulsehook.threads.BackgroundValue.Known;

/**
 * What handlers did with the events of the period.
 *
 * @param asOf when it was read, or {@code null} while it is being read still
 * @param past whether that is longer ago than a glance, so that the page says when
 * @param done how many deliveries they finished
 * @param dead how many were given up
 * @param slowest the handlers that worked longest, the slowest first
 */
record Handled(@Nullable Time asOf, boolean past, long done, long dead, List<RecordRow> slowest) {

	private static final int MOST = 8;

	/** What is no older than this is shown as that of now. */
	private static final Duration NOW = Duration.ofSeconds(10);

	static Handled of(@Nullable Known<History> known, Instant now) {
		if (known == null) {
			return new Handled(null, false, 0, 0, List.of());
		}
		Map<String, HandlerRecord> records = known.value().handlers();
		long done = records.values().stream().mapToLong(HandlerRecord::done).sum();
		long dead = records.values().stream().mapToLong(HandlerRecord::dead).sum();
		List<RecordRow> slowest = records.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().deliveries() > 0)
			.map((entry) -> new RecordRow(entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparingLong(Handled::millis).reversed().thenComparing(RecordRow::handler))
			.limit(MOST)
			.toList();
		boolean past = Duration.between(known.at(), now).compareTo(NOW) >= 0;
		return new Handled(Time.of(known.at(), now), past, done, dead, slowest);
	}

	private static long millis(RecordRow row) {
		Duration most = row.counts().work().most();
		return (most != null) ? most.toMillis() : -1;
	}

	public String success() {
		return RecordRow.success(this.done, this.dead);
	}

}
