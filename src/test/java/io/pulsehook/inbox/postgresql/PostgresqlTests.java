package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.BDDMockito;
import org.mockito.Mockito;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.inbox.sqlite.InterruptedAnswers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests which PostgreSQL servers are accepted, and what happens when the server or the
 * connection to it fails.
 */
@ExtendWith(OutputCaptureExtension.class)
class PostgresqlTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final LeaseTimes TIMES = LeaseTimes.of(Duration.ofSeconds(60));

	private final List<Replica> replicas = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private String database;

	@BeforeEach
	void create() {
		this.database = PostgresqlServer.create();
	}

	@AfterEach
	void close() throws Exception {
		this.threads.shutdownNow();
		for (Replica replica : this.replicas) {
			replica.close();
		}
	}

	@Test
	void refusesAnotherProductAndNamesTheTwo() throws SQLException {
		assertThatExceptionOfType(UnsupportedDatabaseException.class)
			.isThrownBy(() -> Postgresql.open(server("Elephant", 14, "14.2"), TIMEOUT, TIMES))
			.withMessage("The application's DataSource leads to Elephant. Events can be kept in SQLite or PostgreSQL.")
			.satisfies((ex) -> assertThat(ex.action()).contains("pulsehook.database=sqlite"));
	}

	@Test
	void refusesAnOldServerAndNamesTheTwo() throws SQLException {
		assertThatExceptionOfType(UnsupportedDatabaseException.class)
			.isThrownBy(() -> Postgresql.open(server("PostgreSQL", 13, "13.21"), TIMEOUT, TIMES))
			.withMessage("The database is PostgreSQL 13.21. Events can be kept in PostgreSQL 14 and later.")
			.satisfies((ex) -> assertThat(ex.action()).contains("pulsehook.database=sqlite"));
	}

	@Test
	void saysThatItCannotBeReached() {
		DataSource nowhere = PostgresqlServer.pool("nowhere");
		assertThatExceptionOfType(UnsupportedDatabaseException.class)
			.isThrownBy(() -> Postgresql.open(nowhere, TIMEOUT, TIMES))
			.withMessageContaining("cannot be used")
			.satisfies((ex) -> assertThat(ex.action()).contains("spring.datasource.url"));
	}

	private static DataSource server(String product, int version, String name) throws SQLException {
		DatabaseMetaData description = Mockito.mock(DatabaseMetaData.class);
		BDDMockito.given(description.getDatabaseProductName()).willReturn(product);
		BDDMockito.given(description.getDatabaseMajorVersion()).willReturn(version);
		BDDMockito.given(description.getDatabaseProductVersion()).willReturn(name);
		Connection connection = Mockito.mock(Connection.class);
		BDDMockito.given(connection.getMetaData()).willReturn(description);
		DataSource dataSource = Mockito.mock(DataSource.class);
		BDDMockito.given(dataSource.getConnection()).willReturn(connection);
		return dataSource;
	}

	@Test
	void warnsOfAServerThatDoesNotSync(CapturedOutput output) throws Exception {
		replica();
		assertThat(output).doesNotContain("fsync=off");
		try (EmbeddedPostgres careless = EmbeddedPostgres.builder()
			.setPGStartupWait(Duration.ofMinutes(1))
			.setServerConfig("fsync", "off")
			.start()) {
			Postgresql.open(careless.getPostgresDatabase(), TIMEOUT, TIMES).close();
		}
		assertThat(output).contains("The PostgreSQL server runs with fsync=off");
	}

	@Test
	void commitsToDiskWhateverTheServersDefault() throws SQLException {
		PostgresqlServer.execute(this.database, "alter database " + this.database + " set synchronous_commit = off");
		try (Postgresql opened = Postgresql.open(PostgresqlServer.pool(this.database), TIMEOUT, TIMES);
				Connection writer = opened.writer();
				Statement statement = writer.createStatement()) {
			try (var row = statement.executeQuery("show synchronous_commit")) {
				row.next();
				assertThat(row.getString(1)).isEqualTo("on");
			}
		}
	}

	@Test
	void logsNoRowThatTheServerRefuses(CapturedOutput output) throws SQLException {
		PostgresqlServer.execute(this.database,
				"alter table pulsehook_event add constraint refusal check (contact <> 'secret-contact')");
		Replica replica = replica();
		assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> replica.store("secret-contact", 1));
		assertThat(output).contains("on table pulsehook_event, constraint refusal").doesNotContain("secret-contact");
		assertThat(replica.storage().inbox().outage()).isNull();
		assertThat(replica.store("c", 1).accepted()).isEqualTo(1);
	}

	@Test
	void storesOnceAndTellsNobodyWhenTheWritersConnectionIsCut() throws Exception {
		Replica replica = replica();
		AtomicBoolean enough = new AtomicBoolean();
		AtomicInteger stored = new AtomicInteger(replica.store("before", 1).accepted());
		List<Future<?>> posts = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			String contact = "c" + i;
			posts.add(this.threads.submit(() -> {
				for (int number = 0; !enough.get(); number++) {
					replica.store(contact, number);
					stored.incrementAndGet();
				}
			}));
		}
		int cuts = 0;
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (cuts < 10 && System.nanoTime() < deadline) {
			cuts += (int) PostgresqlServer.number(this.database, """
					select count(pg_terminate_backend(pid)) from pg_locks
					where relation = 'pulsehook_turn'::regclass and mode = 'RowShareLock'""");
			// The store makes the writer connect again, so that each cut meets a new
			// connection.
			replica.store("after", cuts + stored.incrementAndGet() * 100);
		}
		enough.set(true);
		for (Future<?> post : posts) {
			post.get(30, TimeUnit.SECONDS);
		}
		assertThat(cuts).isGreaterThanOrEqualTo(10);
		assertThat(replica.storage().inbox().outage()).isNull();
		assertThat(PostgresqlServer.number(this.database, "select count(*) from pulsehook_event"))
			.isEqualTo(stored.get());
	}

	@Test
	void doesNotWaitForEverForAWriterThatWasStoppedInATransaction() throws SQLException {
		Replica replica = replica();
		try (Postgresql other = Postgresql.open(PostgresqlServer.pool(this.database), TIMEOUT, TIMES);
				Connection stopped = other.writer();
				Statement statement = stopped.createStatement()) {
			stopped.setAutoCommit(false);
			statement.execute("select version from pulsehook_turn for update");
			long start = System.nanoTime();
			assertThat(replica.store("c", 1).accepted()).isEqualTo(1);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1),
					Duration.ofSeconds(6));
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("select 1"));
		}
	}

	@Test
	void repairsAClaimWhoseAnswerWasLost() {
		InterruptedAnswers way = new InterruptedAnswers(PostgresqlServer.pool(this.database));
		Replica replica = new Replica(way, Replica.TOLD).join("h");
		this.replicas.add(replica);
		replica.store("a", 1);
		long atHand = awaitClaim(replica).eventId();
		replica.store("b", 1);
		way.loseNext("skip locked");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> claim(replica, Set.of(atHand)));
		assertThat(PostgresqlServer.number(this.database,
				"select count(*) from pulsehook_delivery where runner_id is not null"))
			.isEqualTo(2);
		assertThat(replica.storage().deliveries().nextDue("h", replica.storage().clock().instant()).live()).isTrue();
		assertThat(claim(replica, Set.of(atHand))).singleElement()
			.satisfies((delivery) -> assertThat(delivery.eventId()).isNotEqualTo(atHand))
			.satisfies((delivery) -> assertThat(replica.succeed(delivery)).isTrue());
		assertThat(claim(replica, Set.of(atHand))).isEmpty();
	}

	@Test
	void storesOnceWhenTheAnswerToACommitWasLost() {
		InterruptedAnswers way = new InterruptedAnswers(PostgresqlServer.pool(this.database));
		Replica replica = new Replica(way, Replica.TOLD).join("h");
		this.replicas.add(replica);
		way.loseNext("insert into pulsehook_event");
		replica.store("a", 1);
		assertThat(PostgresqlServer.number(this.database, "select count(*) from pulsehook_event")).isEqualTo(1);
		assertThat(PostgresqlServer.number(this.database, "select sum(events) from pulsehook_minute")).isEqualTo(1);
		way.loseNext("insert into pulsehook_minute");
		replica.store("b", 1);
		assertThat(PostgresqlServer.number(this.database, "select count(*) from pulsehook_event")).isEqualTo(2);
		assertThat(PostgresqlServer.number(this.database, "select sum(duplicates) from pulsehook_event"))
			.as("What was stored before its answer was lost, and came again")
			.isEqualTo(1);
		assertThat(replica.storage().inbox().outage()).isNull();
	}

	@Test
	void doesNotGoByHandlersThatItReadInATransactionThatWasUndone() throws SQLException {
		Replica replica = replica().join("old");
		PostgresqlServer.execute(this.database,
				"alter table pulsehook_handler add constraint refusal check (id <> 'refused')");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> replica.join("new", "refused"));
		replica.store("c", 1);
		assertThat(PostgresqlServer.number(this.database, "select count(*) from pulsehook_delivery")).isEqualTo(1);
		assertThat(replica.storage().subscribers().all()).extracting(Subscription::handler).containsExactly("old");
	}

	@Test
	void goesOnWhileALaterVersionChangesTheTables() throws SQLException {
		Replica replica = replica().join("h");
		// The driver prepares a statement on the server only after some runs.
		for (int number = 0; number < 10; number++) {
			replica.store("c" + number, 1);
			replica.succeed(awaitClaim(replica));
			page(replica);
		}
		migrate();
		Set<Long> events = new HashSet<>();
		for (int number = 10; number < 20; number++) {
			replica.store("c" + number, 1);
			DueDelivery delivery = awaitClaim(replica);
			assertThat(replica.succeed(delivery)).isTrue();
			events.add(delivery.eventId());
			assertThat(page(replica)).hasSize(number + 1);
		}
		assertThat(events).hasSize(10);
		assertThat(replica.storage().inbox().outage()).isNull();
	}

	// A writer locks its turn before any table. A migration that locked a table first
	// would deadlock with it.
	@Test
	void migratesInItsTurnAndHasLockedNothingElseBefore() throws Exception {
		this.database = PostgresqlServer.createEmpty();
		flyway(MigrationVersion.fromVersion("1")).migrate();
		MigrationInfo[] pending = flyway(MigrationVersion.LATEST).info().pending();
		assertThat(pending).isNotEmpty();
		for (MigrationInfo migration : pending) {
			migrateBesideAWriter(migration.getVersion());
		}
		assertThat(replica().store("c", 1).accepted()).isEqualTo(1);
	}

	private void migrateBesideAWriter(MigrationVersion version) throws Exception {
		Future<MigrateResult> migrated;
		try (Connection writer = DriverManager.getConnection(PostgresqlServer.url(this.database), "postgres", "");
				Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("select version from pulsehook_turn for update");
			migrated = this.threads.submit(() -> flyway(version).migrate());
			await(() -> assertThat(PostgresqlServer.number(this.database, """
					select count(*) from pg_stat_activity
					where datname = current_database() and wait_event_type = 'Lock'
						and query like '%update pulsehook_turn%'""")).as("Waits before %s", version).isEqualTo(1));
			statement.execute("set lock_timeout = '5s'");
			statement.execute("lock table pulsehook_runner, pulsehook_event, pulsehook_order, pulsehook_minute, "
					+ "pulsehook_replay in row exclusive mode");
			writer.commit();
		}
		assertThat(migrated.get(30, TimeUnit.SECONDS).migrationsExecuted).isEqualTo(1);
	}

	private Flyway flyway(MigrationVersion target) {
		return Flyway.configure()
			.dataSource(PostgresqlServer.url(this.database), "postgres", "")
			.locations("classpath:io/pulsehook/inbox/postgresql")
			.table("pulsehook_schema_history")
			.target(target)
			.load();
	}

	@Test
	void opensADatabaseThatALaterVersionHasMigrated() throws SQLException {
		replica().store("c", 1);
		migrate();
		Replica older = replica().join("h");
		assertThat(page(older)).hasSize(1);
		assertThat(older.store("c", 2).accepted()).isEqualTo(1);
		assertThat(older.succeed(awaitClaim(older))).isTrue();
	}

	private void migrate() throws SQLException {
		for (String table : List.of("event", "delivery", "handler", "subscription", "runner", "turn", "minute",
				"attempt", "replay", "setting")) {
			PostgresqlServer.execute(this.database, "alter table pulsehook_" + table + " add column later text");
		}
		PostgresqlServer.execute(this.database, "create table pulsehook_later (id bigint primary key)");
		PostgresqlServer.execute(this.database, "create index on pulsehook_event (later) where later is not null");
		PostgresqlServer.execute(this.database, """
				insert into pulsehook_schema_history (installed_rank, version, description, type, script, checksum,
					installed_by, execution_time, success)
				values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 1, 'later', 1, true)""");
	}

	private static List<StoredEvent> page(Replica replica) {
		return replica.storage().events().page(EventFilter.ALL, null, 500).events();
	}

	private Replica replica() {
		Replica replica = new Replica(this.database, Replica.TOLD);
		this.replicas.add(replica);
		return replica;
	}

	private static List<DueDelivery> claim(Replica replica, Set<Long> atHand) {
		return replica.storage()
			.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, replica.storage().clock().instant(), 1), atHand::contains)
			.deliveries();
	}

	private static DueDelivery awaitClaim(Replica replica) {
		List<DueDelivery> claimed = new ArrayList<>();
		await(() -> {
			claimed.addAll(replica.claim("h", 1));
			assertThat(claimed).isNotEmpty();
		});
		return claimed.get(0);
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
	}

}
