package io.pulsehook.inbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;
import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

class InboxCopyTests {

	private static final Subscription HANDLER = new Subscription("h", Set.of("OpenChat", "PaymentOrder"), true);

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private DataSource target;

	@BeforeEach
	void createTarget() {
		this.target = PostgresqlServer.pool(PostgresqlServer.create());
	}

	@Test
	void goesOnInPostgresqlWhereSqliteEnded() throws Exception {
		fill();
		Map<String, Long> counts = InboxCopy.copy(this.directory, this.target, Map.of("token", "t"));
		assertThat(counts).containsEntry("pulsehook_event", 5L)
			.containsEntry("pulsehook_delivery", 5L)
			.containsEntry("pulsehook_attempt", 1L)
			.containsEntry("pulsehook_order", 1L)
			.containsEntry("pulsehook_replay", 1L)
			.containsEntry("pulsehook_interruption", 1L)
			.containsEntry("pulsehook_setting", 1L);
		try (Storage storage = openTarget()) {
			storage.inbox().subscribe(List.of(HANDLER), (arrivals) -> {
			});
			assertThat(storage.sharedSettings().putIfAbsent("token", "other")).isEqualTo("t");
			assertThat(storage.events().body(1)).hasValue(ExampleEvents.openChat("a", 1).body());
			assertThat(storage.events().find(1)).get()
				.extracting(StoredEvent::arrivedAt)
				.isEqualTo(Instant.ofEpochMilli(1769860800000L));
			assertThat(storage.events().deliveries(1)).singleElement().satisfies((delivery) -> {
				assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE);
				assertThat(delivery.answer()).isEqualTo("204 No Content");
				assertThat(delivery.failures()).extracting(FailedAttempt::answer).containsExactly("broken");
			});
			assertThat(storage.inbox().store(List.of(ExampleEvents.openChat("a", 1)))).isEqualTo(new Receipt(0, 1, 0));
			assertThat(storage.inbox().store(List.of(ExampleEvents.openChat("a", 9)))).isEqualTo(new Receipt(1, 0, 0));
			assertThat(storage.events().page(EventFilter.ALL, null, 1).events()).singleElement()
				.satisfies((event) -> assertThat(event.id()).isGreaterThan(5));
			assertThat(storage.sharedSettings().putIfAbsent("interruptions-counted", "none")).isEqualTo("none");
			assertThat(storage.deliveries()
				.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 1, true), (id) -> false)
				.deliveries()).extracting(DueDelivery::eventId, DueDelivery::interruptions)
				.containsExactly(tuple(2L, 2));
			assertThat(due(storage)).extracting(DueDelivery::eventId).containsExactly(4L);
			assertThat(storage.deliveries().isSuperseded(5)).isTrue();
		}
	}

	private void fill() throws Exception {
		try (Storage storage = TestDatabase.SQLITE.open(this.directory, this.clock)) {
			storage.inbox().subscribe(List.of(HANDLER), (arrivals) -> {
			});
			storage.inbox()
				.store(List.of(ExampleEvents.openChat("a", 1), ExampleEvents.openChat("a", 2),
						ExampleEvents.openChat("a", 3)));
			storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:02Z", 200)));
			storage.inbox().store(List.of(ExampleEvents.order("o", "2026-01-01T10:00:01Z", 101)));
			finish(storage, due(storage).get(0), new Failure("error", "stack trace"), this.clock.instant());
			finish(storage, due(storage).get(0), null, null);
			storage.replays().create(1, Set.of("h"), false);
			storage.sharedSettings().putIfAbsent("alias", "a");
		}
		TestDatabase.SQLITE.execute(this.directory,
				"insert into pulsehook_interruption (event_id, handler, run, times) values (2, 'h', 1, 2)",
				"insert into pulsehook_setting (name, value) values ('interruptions-counted', '7')",
				"update pulsehook_event set arrived_at = 1769860800000 where id = 1",
				"update pulsehook_delivery set answer = '204 No Content' where event_id = 1",
				"update pulsehook_attempt set answer = 'broken' where event_id = 1");
	}

	@Test
	void copiesNothingIntoADatabaseThatHasEvents() throws Exception {
		fill();
		try (Storage storage = openTarget()) {
			storage.inbox().store(List.of(ExampleEvents.openChat("there", 1)));
			assertThatIllegalStateException()
				.isThrownBy(() -> InboxCopy.copy(this.directory, this.target, Map.of("token", "t")))
				.withMessageContaining("pulsehook_event")
				.withMessageContaining("empty database");
			assertThat(storage.events().find(2)).isEmpty();
			assertThat(storage.sharedSettings().putIfAbsent("token", "own")).isEqualTo("own");
		}
	}

	@Test
	void copiesNothingWhenARowIsRefused() throws Exception {
		fill();
		try (Connection connection = this.target.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("alter table pulsehook_attempt add check (attempt > 1)");
		}
		assertThatExceptionOfType(UnsupportedDatabaseException.class)
			.isThrownBy(() -> InboxCopy.copy(this.directory, this.target, Map.of()));
		try (Storage storage = openTarget()) {
			assertThat(storage.events().find(1)).isEmpty();
		}
	}

	@Test
	void refusesADirectoryWithoutADatabaseOrInUse() throws Exception {
		assertThatExceptionOfType(DataDirectoryException.class)
			.isThrownBy(() -> InboxCopy.copy(this.directory, this.target, Map.of()))
			.withMessageContaining("has no database");
		try (Storage storage = TestDatabase.SQLITE.open(this.directory, this.clock)) {
			assertThatExceptionOfType(DataDirectoryException.class)
				.isThrownBy(() -> InboxCopy.copy(this.directory, this.target, Map.of()))
				.withMessageContaining("in use");
		}
	}

	private Storage openTarget() {
		return Storage.open(TestDatabase.settings(this.directory), this.target, null);
	}

	private List<DueDelivery> due(Storage storage) {
		return storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, storage.clock().instant(), 100), (id) -> false)
			.deliveries();
	}

	private static void finish(Storage storage, DueDelivery delivery, @Nullable Failure failure,
			@Nullable Instant retryAt) {
		Instant now = storage.clock().instant();
		assertThat(storage.deliveries().finish(TestOutcomes.of(delivery, now, now, failure, retryAt)).join()).isTrue();
	}

}
