package io.pulsehook.inbox.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.history.HandlerRecord.Failure;
import io.pulsehook.inbox.history.HandlerRecord.Slow;
import io.pulsehook.inbox.history.HandlerRecord.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests what is told of the deliveries of a period.
 */
class HandlerHistoryTests extends StorageFixture {

	private static final Window HOUR = new Window(1, 60);

	@Test
	void tellsTimeAtWorkFromTimeWaiting() throws SQLException {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2, 3);
		this.clock.advance(Duration.ofMillis(100));
		this.deliveries.finish(1, null, null);
		this.deliveries.finish(2, null, null);
		this.deliveries.finish(3, null, null);
		execute("update pulsehook_delivery set started_at = finished_at - 40 where event_id = 1",
				"update pulsehook_delivery set started_at = finished_at - 30, run = 2 where event_id = 2",
				"update pulsehook_delivery set started_at = null where event_id = 3");
		HandlerRecord record = record(HOUR);
		assertThat(record.done()).isEqualTo(3);
		assertThat(record.work()).isEqualTo(new Durations(2, millis(30), millis(40), millis(40)));
		assertThat(record.waited()).as("a replay waits for the operator")
			.isEqualTo(new Durations(1, millis(60), millis(60), millis(60)));
		assertThat(record.slowest()).containsExactly(new Slow(1, millis(40), millis(60), 1),
				new Slow(2, millis(30), null, 1));
		assertThat(record.longestWaits()).containsExactly(new Slow(1, millis(40), millis(60), 1));
	}

	@Test
	void countsWhatBecameOfEachDelivery() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1, 2, 3);
		this.deliveries.finish(1, "a.B: No contact 17", this.clock.instant().plusSeconds(60));
		this.deliveries.finish(2, "a.B: No contact 18", null);
		this.clock.advance(Duration.ofMinutes(2));
		this.deliveries.store(4);
		this.deliveries.finish(1, null, null);
		HandlerRecord record = record(HOUR);
		assertThat(record)
			.extracting(HandlerRecord::done, HandlerRecord::dead, HandlerRecord::unfinished, HandlerRecord::retried,
					HandlerRecord::deliveries)
			.containsExactly(1L, 1L, 2L, 1L, 4L);
		assertThat(record.steps()).extracting(Step::index, Step::done, Step::dead, Step::unfinished)
			.containsExactly(tuple(57, 1L, 1L, 1L), tuple(59, 0L, 0L, 1L));
		assertThat(record.failures()).singleElement().satisfies((failure) -> {
			assertThat(failure.error()).isEqualTo("a.B: No contact …");
			assertThat(failure).extracting(Failure::example, Failure::attempts, Failure::event)
				.containsExactly("a.B: No contact 18", 2L, 2L);
		});
	}

	@Test
	void tellsNothingOfWhatWasBefore() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1);
		this.deliveries.finish(1, "a.B: no", null);
		this.clock.advance(Duration.ofHours(2));
		this.deliveries.store(2);
		assertThat(record(HOUR).deliveries()).isEqualTo(1);
		assertThat(record(HOUR).failures()).isEmpty();
		assertThat(record(new Window(15, 96)).deliveries()).isEqualTo(2);
		assertThat(record(new Window(15, 96)).failures()).hasSize(1);
		assertThat(history(HOUR).of("nobody")).isEqualTo(HandlerRecord.NONE);
	}

	// Many events of one moment must not be read twice or passed over where one stretch
	// ends and the next begins.
	@Test
	void countsEachOfManyEventsOnce() throws SQLException {
		Instant begin = this.clock.instant().minusSeconds(60);
		try (Connection connection = this.database.connect(this.directory)) {
			connection.setAutoCommit(false);
			insert(connection, begin.toEpochMilli(), 12_000);
			connection.commit();
		}
		HandlerRecord record = record(HOUR);
		assertThat(record.done()).isEqualTo(12_000);
		assertThat(record.work().half()).isEqualTo(millis(7));
		assertThat(record.steps().stream().mapToLong(Step::done).sum()).isEqualTo(12_000);
		assertThat(record.slowest()).hasSize(10);
	}

	private static void insert(Connection connection, long begin, int events) throws SQLException {
		try (PreparedStatement event = connection.prepareStatement("insert into pulsehook_event (source, kind, type, "
				+ "occurred_at, received_at, body) values ('s', 'chatbot', 'OpenChat', ?, ?, ?)");
				PreparedStatement delivery = connection.prepareStatement("insert into pulsehook_delivery (event_id, "
						+ "handler, position, status, attempts, started_at, finished_at) "
						+ "values (?, 'h', ?, 'done', 1, ?, ?)")) {
			for (int i = 1; i <= events; i++) {
				long received = begin + i / 6_000;
				event.setLong(1, received);
				event.setLong(2, received);
				event.setBytes(3, new byte[] { '{', '}' });
				event.addBatch();
				delivery.setLong(1, i);
				delivery.setLong(2, 2L * i);
				delivery.setLong(3, received + 5);
				delivery.setLong(4, received + 12);
				delivery.addBatch();
			}
			event.executeBatch();
			delivery.executeBatch();
		}
	}

	private void execute(String... statements) throws SQLException {
		this.database.execute(this.directory, statements);
	}

	private HandlerRecord record(Window window) {
		return history(window).of("h");
	}

	private History history(Window window) {
		HandlerHistory history = this.storage.history();
		Awaitility.await().until(() -> history.of(window) != null);
		return Objects.requireNonNull(history.of(window)).value();
	}

	private static Duration millis(long millis) {
		return Duration.ofMillis(millis);
	}

}
