package io.pulsehook.inbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Outcome.Failure;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.upkeep.RetentionPass;
import io.pulsehook.inbox.upkeep.RetentionPeriods;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that erasure, retention, the export and the copy to PostgreSQL know every table.
 * Whoever makes a new one says here what each of them does with it.
 */
class TablesTests {

	private static final List<Table> TABLES = List.of(
			new Table("pulsehook_event", Erasure.DELETED, Retention.WITH_ITS_EVENT, Export.ITS_EVENTS, Copy.ALL),
			new Table("pulsehook_delivery", Erasure.DELETED, Retention.WITH_ITS_EVENT, Export.STATUS_OF_EVENTS,
					Copy.ALL),
			new Table("pulsehook_attempt", Erasure.DELETED, Retention.WITH_ITS_EVENT, Export.NOTHING, Copy.ALL),
			new Table("pulsehook_step", Erasure.DELETED, Retention.WITH_ITS_EVENT, Export.NOTHING, Copy.ALL),
			new Table("pulsehook_interruption", Erasure.DELETED, Retention.WITH_ITS_EVENT, Export.NOTHING, Copy.ALL),
			new Table("pulsehook_order", Erasure.DELETED, Retention.BY_AGE, Export.NOTHING, Copy.ALL),
			// A running replay names a person until it ends.
			new Table("pulsehook_replay", Erasure.BLANKED, Retention.BY_AGE, Export.NOTHING, Copy.ALL),
			new Table("pulsehook_reconciliation", Erasure.NO_PERSON, Retention.BY_AGE, Export.NOTHING, Copy.ALL),
			// These are no events yet; the API lists them with their reconciliation.
			new Table("pulsehook_missing", Erasure.DELETED, Retention.BY_AGE, Export.NOTHING, Copy.ALL),
			// An erasure writes it.
			new Table("pulsehook_erased", Erasure.HASHED, Retention.BY_AGE, Export.NOTHING, Copy.ALL),
			// A note is deleted if it may name an erased person; the decision stays.
			new Table("pulsehook_dead_group", Erasure.BLANKED, Retention.BY_AGE, Export.NOTHING, Copy.ALL),
			new Table("pulsehook_minute", Erasure.NO_PERSON, Retention.BY_AGE, Export.NOTHING, Copy.ALL),
			new Table("pulsehook_handler", Erasure.NO_PERSON, Retention.FEW_ROWS, Export.NOTHING, Copy.ALL),
			new Table("pulsehook_setting", Erasure.NO_PERSON, Retention.FEW_ROWS, Export.NOTHING, Copy.ALL),
			// Each start and each replica writes these anew.
			new Table("pulsehook_subscription", Erasure.NO_PERSON, Retention.FEW_ROWS, Export.NOTHING, Copy.NOTHING),
			new Table("pulsehook_runner", Erasure.NO_PERSON, Retention.FEW_ROWS, Export.NOTHING, Copy.NOTHING),
			new Table("pulsehook_rate", Erasure.NO_PERSON, Retention.FEW_ROWS, Export.NOTHING, Copy.NOTHING),
			new Table("pulsehook_turn", Erasure.NO_PERSON, Retention.FEW_ROWS, Export.NOTHING, Copy.NOTHING),
			new Table("pulsehook_probe", Erasure.NO_PERSON, Retention.FEW_ROWS, Export.NOTHING, Copy.NOTHING),
			new Table("pulsehook_schema_history", Erasure.NO_PERSON, Retention.FEW_ROWS, Export.NOTHING, Copy.NOTHING));

	/**
	 * SQLite belongs to one process, which keeps in memory what replicas have to share.
	 */
	private static final Set<String> OF_POSTGRESQL_ONLY = Set.of("pulsehook_runner", "pulsehook_rate",
			"pulsehook_turn");

	@TempDir
	Path directory;

	private final SettableClock clock = new SettableClock();

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void areListedHere(TestDatabase database) throws Exception {
		database.open(this.directory, this.clock).close();
		List<String> listed = names(TABLES.stream()
			.filter((table) -> database == TestDatabase.POSTGRESQL || !OF_POSTGRESQL_ONLY.contains(table.name())));
		assertThat(tables(database)).containsExactlyInAnyOrderElementsOf(listed);
	}

	// What belongs to an event cannot outlive it.
	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void areErasedAndForgottenIfTheyHaveEvents(TestDatabase database) throws Exception {
		database.open(this.directory, this.clock).close();
		assertThat(TABLES).filteredOn((table) -> columns(database, table.name()).contains("event_id"))
			.allSatisfy((table) -> {
				assertThat(table.erasure()).isEqualTo(Erasure.DELETED);
				assertThat(table.retention()).isNotEqualTo(Retention.FEW_ROWS);
			});
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void haveNothingLeftOfAnErasedPerson(TestDatabase database) throws Exception {
		try (Storage storage = database.open(this.directory, this.clock)) {
			fill(database, storage);
			List<String> deleted = names(TABLES.stream().filter((table) -> table.erasure() == Erasure.DELETED));
			assertThat(deleted).allSatisfy((table) -> assertThat(rows(database, table)).isPositive());
			storage.erasure().erase("c", (body) -> null);
			assertThat(deleted).allSatisfy((table) -> assertThat(rows(database, table)).isZero());
		}
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void haveNothingLeftOfAnOldEvent(TestDatabase database) throws Exception {
		try (Storage storage = database.open(this.directory, this.clock)) {
			fill(database, storage);
			this.clock.advance(Duration.ofDays(100));
			RetentionPass pass = storage.upkeep()
				.retention()
				.begin(new RetentionPeriods(Duration.ofDays(1), Duration.ofDays(1)));
			while (pass.hasMore()) {
				pass.deleteNext();
			}
			assertThat(names(TABLES.stream().filter((table) -> table.retention() == Retention.WITH_ITS_EVENT)))
				.allSatisfy((table) -> assertThat(rows(database, table)).isZero());
		}
	}

	@Test
	void areCopiedToPostgresql() throws Exception {
		TestDatabase.SQLITE.open(this.directory, this.clock).close();
		Collection<String> copied = InboxCopy
			.copy(this.directory, PostgresqlServer.pool(PostgresqlServer.create()), Map.of())
			.keySet();
		assertThat(copied)
			.containsExactlyInAnyOrderElementsOf(names(TABLES.stream().filter((table) -> table.copy() == Copy.ALL)));
	}

	// Leaves a row of a person in each table that can have one.
	private void fill(TestDatabase database, Storage storage) throws SQLException {
		storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
		NewEvent order = ExampleEvents.order("o", "2026-01-01T10:00:00Z", 200);
		storage.inbox().store(List.of(ExampleEvents.openChat("c", 1), order));
		database.execute(this.directory, "update pulsehook_event set contact = 'c'");
		DueDelivery delivery = storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.clock.instant(), 1), (event) -> false)
			.deliveries()
			.get(0);
		assertThat(storage.deliveries().steps().add(delivery, "step", "\"of a person\"").join()).isTrue();
		assertThat(storage.deliveries()
			.finish(TestOutcomes.of(delivery, this.clock.instant(), this.clock.instant(),
					new Failure("about", "a person"), null))
			.join()).isTrue();
		database.execute(this.directory,
				"insert into pulsehook_interruption (event_id, handler, run, times) values (1, 'h', 1, 1)");
		long reconciliation = storage.reconciliations().begin(Duration.ofDays(1));
		database.execute(this.directory, """
				insert into pulsehook_missing (reconciliation_id, source, service, bot, contact, sent_at, text, body,
					compared_to)
				values (%d, 'default', 'telegram', 'b', 'c', 1, 'of a person', '{}', 1)""".formatted(reconciliation));
	}

	private int rows(TestDatabase database, String table) {
		return database.number(this.directory, "select count(*) from " + table);
	}

	private Set<String> tables(TestDatabase database) throws SQLException {
		try (Connection connection = database.connect(this.directory);
				ResultSet row = connection.getMetaData()
					.getTables(null, null, "pulsehook%", new String[] { "TABLE" })) {
			return read(row, "TABLE_NAME");
		}
	}

	private Set<String> columns(TestDatabase database, String table) {
		try (Connection connection = database.connect(this.directory);
				ResultSet row = connection.getMetaData().getColumns(null, null, table, null)) {
			return read(row, "COLUMN_NAME");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Set<String> read(ResultSet row, String column) throws SQLException {
		Set<String> values = new TreeSet<>();
		while (row.next()) {
			values.add(row.getString(column));
		}
		return values;
	}

	private static List<String> names(Stream<Table> tables) {
		return tables.map(Table::name).collect(Collectors.toList());
	}

	private record Table(String name, Erasure erasure, Retention retention, Export export, Copy copy) {

	}

	/** What becomes of its rows about a person who is erased. */
	private enum Erasure {

		DELETED, BLANKED, HASHED, NO_PERSON

	}

	/** When its rows go. */
	private enum Retention {

		WITH_ITS_EVENT, BY_AGE, FEW_ROWS

	}

	/** What the export of events has of it. */
	private enum Export {

		ITS_EVENTS, STATUS_OF_EVENTS, NOTHING

	}

	/** What is copied of it from SQLite to PostgreSQL. */
	private enum Copy {

		ALL, NOTHING

	}

}
