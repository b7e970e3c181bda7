package io.pulsehook.inbox.postgresql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.BDDMockito;
import org.mockito.Mockito;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.util.unit.DataSize;

import io.pulsehook.inbox.CutWay;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.InboxSettings;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.model.UnsupportedDatabaseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests a start while the server is away, and what follows when it is back.
 */
@ExtendWith(OutputCaptureExtension.class)
class AwayStartTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable each : this.opened) {
			each.close();
		}
	}

	@Test
	void startsWhileNobodyListens() throws Exception {
		int port;
		try (ServerSocket formerServer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = formerServer.getLocalPort();
		}
		assertThatStartGoesOn(server(port));
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(server(port).getUrl());
		this.opened.add(pool);
		assertThatStartGoesOn(pool);
	}

	@Test
	void startsWhileTheServerIsSilent() throws IOException {
		ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		this.opened.add(silent);
		assertThatStartGoesOn(server(silent.getLocalPort()));
	}

	private static PGSimpleDataSource server(int port) {
		PGSimpleDataSource server = new PGSimpleDataSource();
		server.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable");
		server.setUser("postgres");
		server.setSocketTimeout(1);
		return server;
	}

	private static void assertThatStartGoesOn(DataSource server) {
		try (Postgresql opened = Postgresql.open(server, TIMEOUT, Replica.QUICK, true)) {
			assertThat(opened.away()).isNotNull();
			assertThat(opened.clock().instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
			DataSource readers = opened.readers();
			assertThatExceptionOfType(SQLException.class).isThrownBy(readers::getConnection)
				.withMessageContaining("has not been reached since the start");
		}
		assertThatExceptionOfType(UnsupportedDatabaseException.class)
			.isThrownBy(() -> Postgresql.open(server, TIMEOUT, Replica.QUICK));
	}

	@Test
	void endsTheStartForWhatWaitingDoesNotMend() throws SQLException {
		assertThatStartEnds(PostgresqlServer.pool("nowhere"));
		PGSimpleDataSource stranger = new PGSimpleDataSource();
		stranger.setUrl(PostgresqlServer.url("postgres"));
		stranger.setUser("nobody");
		assertThatStartEnds(stranger);
		assertThatStartEnds(product("PostgreSQL", 13));
		assertThatStartEnds(product("Elephant", 14));
	}

	private static void assertThatStartEnds(DataSource server) {
		assertThatExceptionOfType(UnsupportedDatabaseException.class)
			.isThrownBy(() -> Postgresql.open(server, TIMEOUT, Replica.QUICK, true));
	}

	private static DataSource product(String name, int version) throws SQLException {
		DatabaseMetaData description = Mockito.mock(DatabaseMetaData.class);
		BDDMockito.given(description.getDatabaseProductName()).willReturn(name);
		BDDMockito.given(description.getDatabaseMajorVersion()).willReturn(version);
		BDDMockito.given(description.getDatabaseProductVersion()).willReturn("of the former server");
		Connection connection = Mockito.mock(Connection.class);
		BDDMockito.given(connection.getMetaData()).willReturn(description);
		DataSource dataSource = Mockito.mock(DataSource.class);
		BDDMockito.given(dataSource.getConnection()).willReturn(connection);
		return dataSource;
	}

	@ParameterizedTest
	@ValueSource(strings = { "08001", "08006", "08P01", "53300", "57P01", "57P03", "25006", "58030" })
	void waitsForAServerThatIsAway(String state) {
		assertThat(PostgresqlErrors.isAway(new SQLException("away", state))).isTrue();
		assertThat(PostgresqlErrors.isAway(new FlywayException(new SQLException("away", state)))).isTrue();
		assertThat(PostgresqlErrors.isAway(new SQLTransientConnectionException("busy"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "28P01", "28000", "3D000", "08004", "42501", "42P01", "57014" })
	void doesNotWaitForWhatNeedsAnOperator(String state) {
		assertThat(PostgresqlErrors.isAway(new SQLException("unusable", state))).isFalse();
		assertThat(PostgresqlErrors
			.isAway(new SQLTransientConnectionException("no connection", state, new SQLException("unusable", state))))
			.isFalse();
		assertThat(PostgresqlErrors.isAway(new FlywayException("The tables are those of a later version"))).isFalse();
	}

	@Test
	void registersItsHandlersOnceBeforeAnythingElseWhenTheServerIsBack() {
		String database = PostgresqlServer.createEmpty();
		Late late = late(database);
		assertThat(late.join("h")).isFalse();
		assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> late.store(1));
		assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> late.claim("h"));
		late.way.mend();
		Awaitility.await().atMost(PATIENCE).until(late::isBack);
		assertThat(late.store(2)).isEqualTo(1);
		DueDelivery delivery = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> late.claim("h"), (claimed) -> !claimed.isEmpty())
			.get(0);
		awaitHeartbeats(database);
		assertThat(number(database, "select count(*) from pulsehook_runner")).isEqualTo(1);
		assertThat(number(database, "select count(*) from pulsehook_subscription")).isEqualTo(1);
		assertThat(late.storage.deliveries().isHeld(delivery)).isTrue();
	}

	// Waits until leases were renewed several times.
	private static void awaitHeartbeats(String database) {
		String latest = "select (extract(epoch from max(lease_until)) * 1000)::bigint from pulsehook_runner";
		long first = number(database, latest);
		long renewed = Replica.QUICK.heartbeat().multipliedBy(3).toMillis();
		Awaitility.await().atMost(PATIENCE).until(() -> number(database, latest) >= first + renewed);
	}

	@Test
	void joinsALiveReplicaLateWithoutHarm() throws Exception {
		String database = PostgresqlServer.create();
		Replica live = new Replica(database, Replica.QUICK).join("h");
		this.opened.add(live);
		live.store("a", 1);
		DueDelivery atHand = live.claim("h", 1).get(0);
		Late late = late(database);
		late.join("h", "g");
		live.store("b", 1);
		late.way.mend();
		Awaitility.await().atMost(PATIENCE).until(late::isBack);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> live.storage().subscribers().all().stream().map(Subscription::handler).toList(),
					(handlers) -> handlers.containsAll(List.of("g", "h")));
		live.store("c", 1);
		awaitHeartbeats(database);
		assertThat(number(database, "select count(*) from pulsehook_runner")).isEqualTo(2);
		assertThat(number(database, "select count(*) from pulsehook_delivery where handler = 'g'")).isEqualTo(1);
		assertThat(live.holds(atHand)).isTrue();
		assertThat(live.succeed(atHand)).isTrue();
		assertThat(number(database, "select count(*) from pulsehook_interruption")).isZero();
	}

	@Test
	void endsInOrderWhileTheServerIsAway() throws Exception {
		String database = PostgresqlServer.create();
		Late late = late(database);
		late.join("h");
		CompletableFuture<Integer> kept = late.storage.deliveries().giveBack(List.of(delivery()));
		long began = System.nanoTime();
		late.storage.inbox().unsubscribe();
		late.storage.close();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
		assertThat(kept).isCompletedExceptionally();
		assertThat(number(database, "select count(*) from pulsehook_runner")).isZero();
	}

	private static DueDelivery delivery() {
		return DueDelivery.stored(1, "h", null, 1, ExampleEvents.openChat("c", 1), Instant.EPOCH, null);
	}

	@Test
	void isNotRegisteredAfterItHasLeft() {
		String database = PostgresqlServer.create();
		Late late = late(database);
		late.join("former");
		late.storage.inbox().unsubscribe();
		late.way.mend();
		Awaitility.await().atMost(PATIENCE).until(late::isBack);
		assertThat(late.store(1)).isEqualTo(1);
		assertThat(number(database, "select count(*) from pulsehook_runner")).isZero();
		assertThat(late.join("h")).isTrue();
		assertThat(number(database, "select count(*) from pulsehook_runner")).isEqualTo(1);
	}

	@Test
	void registersWhatItSaidLast() {
		String database = PostgresqlServer.create();
		Late late = late(database);
		late.join("former");
		late.join("h");
		late.way.mend();
		Awaitility.await().atMost(PATIENCE).until(late::isBack);
		late.store(1);
		assertThat(number(database, "select count(*) from pulsehook_runner")).isEqualTo(1);
		assertThat(late.storage.subscribers().all()).extracting(Subscription::handler).containsExactly("h");
	}

	@Test
	void saysOnceWhyAServerThatIsBackCannotBeUsedAndGoesOnTrying(CapturedOutput output) throws SQLException {
		String database = PostgresqlServer.createEmpty();
		Changing server = new Changing(product("PostgreSQL", 13));
		CutWay way = new CutWay(server);
		Late late = new Late(way);
		this.opened.add(late.storage);
		way.mend();
		String reason = "PostgreSQL of the former server. Events can be kept in PostgreSQL 14 and later";
		Awaitility.await().atMost(PATIENCE).until(() -> late.reason().contains(reason));
		server.asked.set(0);
		Awaitility.await().atMost(PATIENCE).until(() -> server.asked.get() >= 2);
		server.leadTo(PostgresqlServer.pool(database));
		Awaitility.await().atMost(PATIENCE).until(late::isBack);
		assertThat(late.store(1)).isEqualTo(1);
		assertThat(output.toString().split(Pattern.quote("Webhooks stay in the spool until it can be used"), -1))
			.hasSize(2);
	}

	private Late late(String database) {
		Late late = new Late(new CutWay(PostgresqlServer.pool(database)));
		this.opened.add(late.storage);
		return late;
	}

	private static long number(String database, String query) {
		return PostgresqlServer.number(database, query);
	}

	/** An inbox whose server was away when it was opened. */
	private static final class Late {

		private final CutWay way;

		private final Storage storage;

		Late(CutWay way) {
			this.way = way;
			Postgresql database = Postgresql.open(way, TIMEOUT, Replica.QUICK, true);
			this.storage = Storage.open(new InboxSettings(Path.of("unused"), TIMEOUT, DataSize.ofMegabytes(64),
					Duration.ofMinutes(10), Replica.QUICK.lease()), database, database.clock());
		}

		boolean join(String... handlers) {
			return this.storage.inbox()
				.subscribe(Stream.of(handlers)
					.map((handler) -> new Subscription(handler, Set.of("OpenChat"), true))
					.toList(), this::arrived);
		}

		private void arrived(Arrivals arrivals) {
			// What is due is claimed by the test.
		}

		boolean isBack() {
			return this.storage.inbox().outage() == null;
		}

		String reason() {
			var outage = this.storage.inbox().outage();
			return (outage != null) ? outage.reason() : "";
		}

		int store(int number) {
			return this.storage.inbox().store(List.of(ExampleEvents.openChat("c", number))).accepted();
		}

		List<DueDelivery> claim(String handler) {
			return this.storage.deliveries()
				.claim(new ClaimRequest(handler, Traffic.LIVE, this.storage.clock().instant(), 1), (event) -> false)
				.deliveries();
		}

	}

	/** A way that leads to another server when the test says so. */
	private static final class Changing extends AbstractDataSource {

		private volatile DataSource server;

		private final AtomicInteger asked = new AtomicInteger();

		Changing(DataSource server) {
			this.server = server;
		}

		void leadTo(DataSource other) {
			this.server = other;
		}

		@Override
		public Connection getConnection() throws SQLException {
			this.asked.incrementAndGet();
			return this.server.getConnection();
		}

		@Override
		public Connection getConnection(String user, String password) throws SQLException {
			return getConnection();
		}

	}

}
