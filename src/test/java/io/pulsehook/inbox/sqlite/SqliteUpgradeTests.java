package io.pulsehook.inbox.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestOutcomes;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Receipt;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.upkeep.RetentionPeriods;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a new version goes on with everything in the file of the oldest version.
 */
class SqliteUpgradeTests {

	private static final RetentionPeriods PERIODS = new RetentionPeriods(Duration.ofDays(30), Duration.ofDays(90));

	// The handlers were started on 2025-09-01 and the events came on 2025-09-02, longer
	// ago than anything is kept. Event 9 was deleted, and no other may get its id.
	private static final String ROWS = """
			insert into pulsehook_handler (id, types, paused, last_seen) values
				('h', 'OpenChat,PaymentOrder', 0, 1756684800000),
				('gone', 'OpenChat', 1, 1756684800000);
			insert into pulsehook_event (source, kind, type, title, service, bot, contact, ordering_key, dedup_key,
				occurred_at, received_at, duplicates, reason, body) values
				('default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', 'b', 'a', 10,
					x'0000000000000000612f31', 1756771200000, 1756771200001, 2, null, cast('{"n":1}' as blob)),
				('default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', 'b', 'a', 10, x'02',
					1756771200000, 1756771200002, 0, null, cast('{"n":2}' as blob)),
				('default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', 'b', 'a', 10, x'03',
					1756771200000, 1756771200003, 0, null, cast('{"n":3}' as blob)),
				('default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', 'b', 'c', 20, x'04',
					1756771200000, 1756771200004, 0, null, cast('{"n":4}' as blob)),
				('default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', 'b', 'c', 20, x'05',
					1756771200000, 1756771200005, 0, null, cast('{"n":5}' as blob)),
				('shop', 'payment', 'PaymentOrder', null, 'stripe', null, 'a', 30, x'06',
					1756771200000, 1756771200006, 0, null, cast('{"n":6}' as blob)),
				('default', 'unrecognized', 'UnrecognizedEvent', null, null, null, null, null, null,
					1756771200007, 1756771200007, 0, 'why', x'ff00'),
				('default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', 'b', 'd', 40, x'08',
					1756771200000, 1756771200008, 0, null, cast('{"n":8}' as blob)),
				('default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', 'b', 'e', 50, x'09',
					1756771200000, 1756771200009, 0, null, cast('{"n":9}' as blob));
			delete from pulsehook_event where id = 9;
			insert into pulsehook_delivery (event_id, handler, ordering_key, position, replay_id, status, run, attempts,
				due_at, finished_at, last_error) values
				(1, 'h', 10, 2, null, 'done', 1, 2, null, 1756771201000, null),
				(2, 'h', 10, 4, null, 'retrying', 1, 1, 1756774800000, null, 'error of 2'),
				(3, 'h', 10, 6, null, 'pending', 1, 0, null, null, null),
				(4, 'h', 20, 8, null, 'dead', 1, 1, null, 1756771201000, 'error of 4'),
				(5, 'h', 20, 10, null, 'pending', 1, 0, 1756771200005, null, null),
				(6, 'h', 30, 17, 1, 'pending', 2, 0, 1756771202000, null, null),
				(8, 'gone', 40, 16, null, 'pending', 1, 0, 1756771200008, null, null);
			insert into pulsehook_attempt (event_id, handler, run, attempt, started_at, finished_at, error, stack_trace)
			values
				(1, 'h', 1, 1, 1756771200001, 1756771200500, 'error of 1', 'stack trace of 1'),
				(2, 'h', 1, 1, 1756771200002, 1756771200500, 'error of 2', 'stack trace of 2'),
				(4, 'h', 1, 1, 1756771200004, 1756771200500, 'error of 4', 'stack trace of 4');
			insert into pulsehook_replay (status, request, cursor, last_event, events, deliveries, created_at,
				finished_at)
			values ('done', '{"filter":{},"handlers":[],"includeDone":false}', 8, 8, 1, 1, 1756771201500, 1756771202000);
			insert into pulsehook_order (ordering_key, event_id, updated_at) values (30, 6, 1756771200000);
			insert into pulsehook_minute (minute, kind, type, service, result, events)
			values (29279520, 'chatbot', 'OpenChat', 'telegram', 'accepted', 7);
			""";

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	private Map<String, List<String>> before;

	private Storage storage;

	@BeforeEach
	void upgrade() throws SQLException {
		flyway().target("1").load().migrate();
		TestDatabase.SQLITE.execute(this.directory, ROWS.split(";\n"));
		this.before = contents(queries());
		assertThat(this.before).hasSize(9).allSatisfy((query, rows) -> assertThat(rows).as(query).isNotEmpty());
		assertThat(flyway().load().info().pending()).isNotEmpty();
		this.storage = TestDatabase.SQLITE.open(this.directory, this.clock);
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void bringsTheNewestSchemaAndLeavesAllRowsAsTheyWere() throws SQLException {
		assertThat(flyway().load().info().pending()).isEmpty();
		assertThat(contents(this.before.keySet())).isEqualTo(this.before);
	}

	@Test
	void letsWhatWasUnfinishedBeFinishedInItsOrder() {
		subscribe();
		assertThat(due(Traffic.LIVE)).extracting(DueDelivery::eventId).containsExactly(5L, 2L);
		assertThat(finishAll(Traffic.LIVE)).containsExactly("5/0", "2/1", "3/0");
		assertThat(finishAll(Traffic.REPLAY)).containsExactly("6/0");
		assertThat(this.storage.deliveries().unfinished()).isEqualTo(Map.of("gone", 1L));
		assertThat(this.storage.events().find(4)).get().extracting(StoredEvent::status).isEqualTo(EventStatus.DEAD);
		assertThat(this.storage.events().deliveries(2)).singleElement().satisfies((delivery) -> {
			assertThat(delivery.status()).isEqualTo(DeliveryStatus.DONE);
			assertThat(delivery.failures()).singleElement()
				.satisfies((failed) -> assertThat(failed.stackTrace()).isEqualTo("stack trace of 2"));
		});
	}

	@Test
	void takesAllHandlersToBeAliveUntilItIsKnownWhichThereAre() {
		deleteWhatIsOld();
		assertThat(events()).containsExactly(8L, 6L, 5L, 3L, 2L);
		subscribe();
		deleteWhatIsOld();
		assertThat(events()).containsExactly(8L, 6L, 5L, 3L, 2L);
		this.clock.advance(PERIODS.dead());
		deleteWhatIsOld();
		assertThat(events()).containsExactly(6L, 5L, 3L, 2L);
	}

	@Test
	void knowsWhatCameBeforeAndWhoIsPaused() {
		subscribe();
		assertThat(this.storage.subscribers().paused()).containsExactly("gone");
		assertThat(this.storage.inbox().store(List.of(ExampleEvents.openChat("a", 2)))).isEqualTo(new Receipt(1, 0, 0));
		assertThat(this.storage.events().deliveries(10)).singleElement()
			.satisfies((delivery) -> assertThat(delivery.handler()).isEqualTo("h"));
		assertThat(this.storage.inbox().store(List.of(ExampleEvents.openChat("a", 1)))).isEqualTo(new Receipt(0, 1, 0));
	}

	private void subscribe() {
		this.storage.inbox()
			.subscribe(List.of(new Subscription("h", Set.of("OpenChat", "PaymentOrder"), true)), (arrivals) -> {
			});
	}

	private List<DueDelivery> due(Traffic traffic) {
		return this.storage.deliveries()
			.claim(new ClaimRequest("h", traffic, this.clock.instant(), 100), (id) -> false)
			.deliveries();
	}

	// Finishes everything and returns each delivery as event/failed attempts.
	private List<String> finishAll(Traffic traffic) {
		List<String> finished = new ArrayList<>();
		for (List<DueDelivery> due = due(traffic); !due.isEmpty(); due = due(traffic)) {
			for (DueDelivery delivery : due) {
				Outcome outcome = TestOutcomes.of(delivery, this.clock.instant(), this.clock.instant(), null, null);
				assertThat(this.storage.deliveries().finish(outcome).join()).isTrue();
				finished.add(delivery.eventId() + "/" + delivery.attempts());
			}
		}
		return finished;
	}

	private void deleteWhatIsOld() {
		this.storage.housekeeper(PERIODS).runOnce();
	}

	private List<Long> events() {
		return this.storage.events().page(EventFilter.ALL, null, 100).events().stream().map(StoredEvent::id).toList();
	}

	private FluentConfiguration flyway() {
		return Flyway.configure()
			.dataSource("jdbc:sqlite:" + this.directory.resolve(Sqlite.FILE), null, null)
			.locations("classpath:io/pulsehook/inbox/sqlite")
			.table("pulsehook_schema_history");
	}

	// Returns a query for each table that reads its whole contents, byte by byte, in its
	// current columns.
	private List<String> queries() throws SQLException {
		return strings("""
				select 'select ' || group_concat('quote(' || c.name || ')', ' || '','' || ') || ' from ' || t.name
				from sqlite_master t join pragma_table_info(t.name) c
				where t.type = 'table' and t.name like 'pulsehook_%' and t.name <> 'pulsehook_schema_history'
				group by t.name
				union all
				select 'select name || seq from sqlite_sequence'
				""");
	}

	private Map<String, List<String>> contents(Iterable<String> queries) throws SQLException {
		Map<String, List<String>> contents = new LinkedHashMap<>();
		for (String query : queries) {
			contents.put(query, strings(query));
		}
		return contents;
	}

	private List<String> strings(String query) throws SQLException {
		List<String> strings = new ArrayList<>();
		try (Connection connection = TestDatabase.SQLITE.connect(this.directory);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			while (row.next()) {
				strings.add(row.getString(1));
			}
		}
		return strings;
	}

}
