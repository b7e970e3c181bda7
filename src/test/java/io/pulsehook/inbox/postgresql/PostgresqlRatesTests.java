package io.pulsehook.inbox.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.Rate;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.sqlite.InterruptedAnswers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the claims of all replicas together keep a handler's rate.
 */
class PostgresqlRatesTests {

	private static final Rate ONE_AN_HOUR = Rate.of("1/h");

	private static final Rate FAST = Rate.of("1/20ms");

	private final List<Replica> replicas = new ArrayList<>();

	private String database;

	@BeforeEach
	void create() {
		this.database = PostgresqlServer.create();
	}

	@AfterEach
	void close() throws Exception {
		for (Replica replica : this.replicas) {
			replica.close();
		}
	}

	@Test
	void replicasShareThePermits() {
		Replica one = replica();
		Replica other = replica();
		store(one, 3);
		assertThat(claim(one, ONE_AN_HOUR).deliveries()).hasSize(1);
		Due due = claim(other, ONE_AN_HOUR);
		assertThat(due.deliveries()).isEmpty();
		assertThat(due.more()).isTrue();
		assertThat(due.pause()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
	}

	@Test
	void aHandlerWithoutARateTakesNoPermits() {
		Replica replica = replica();
		store(replica, 3);
		assertThat(claim(replica, request(replica, Traffic.LIVE, null)).deliveries()).hasSize(3);
		assertThat(permits()).isZero();
	}

	@Test
	void eachReplicaKeepsItsOwnRateWhileANewVersionReplacesAnOldOne() {
		Replica old = replica();
		Replica current = replica();
		store(old, 3);
		assertThat(claim(old, ONE_AN_HOUR).deliveries()).hasSize(1);
		Awaitility.await().until(() -> claim(current, FAST).deliveries().size() == 1);
		assertThat(claim(old, ONE_AN_HOUR).pause()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
		assertThat(permits()).isEqualTo(2);
	}

	@Test
	void whatWasInterruptedTakesAPermitAsWell() throws SQLException {
		Replica replica = replica();
		store(replica, 2);
		PostgresqlServer.execute(this.database,
				"insert into pulsehook_interruption (event_id, handler, run, times) select id, 'h', 1, 2 from pulsehook_event");
		ClaimRequest interrupted = new ClaimRequest("h", Traffic.LIVE, replica.storage().clock().instant(), 1, true)
			.within(ONE_AN_HOUR);
		assertThat(claim(replica, interrupted).deliveries()).hasSize(1);
		assertThat(claim(replica, interrupted).deliveries()).isEmpty();
	}

	@Test
	void whatIsTriedDuringARestTakesAPermitAsWell() throws SQLException {
		Replica replica = replica();
		store(replica, 2);
		long ago = replica.storage().clock().instant().minusSeconds(1).toEpochMilli();
		PostgresqlServer.execute(this.database,
				"update pulsehook_handler set rest_since = %1$d, rest_until = %1$d".formatted(ago));
		ClaimRequest probe = ClaimRequest.probe("h", Traffic.LIVE, replica.storage().clock().instant(), false);
		assertThat(claim(replica, probe.within(ONE_AN_HOUR)).deliveries()).hasSize(1);
		assertThat(claim(replica, probe.within(FAST)).deliveries()).as("While one is tried").isEmpty();
		assertThat(permits()).isEqualTo(1);
		PostgresqlServer.execute(this.database, "update pulsehook_handler set probe = null");
		assertThat(claim(replica, probe.within(ONE_AN_HOUR)).deliveries()).as("Without a permit").isEmpty();
	}

	@Test
	void aClaimThatGetsNoConnectionFailsAsOneThatTheDatabaseRefuses() {
		ClaimTransaction transaction = new ClaimTransaction(new AbstractDataSource() {

			@Override
			public Connection getConnection() throws SQLException {
				throw new SQLTransientConnectionException("The pool is exhausted.");
			}

			@Override
			public Connection getConnection(String username, String password) throws SQLException {
				return getConnection();
			}

		}, new JdbcTemplate());
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> transaction.run(() -> "claimed"));
	}

	@Test
	void replaysTakePermitsAsWell() {
		Replica replica = replica();
		store(replica, 2);
		assertThat(replica.succeed(replica.claim("h", 2))).isTrue();
		assertThat(replica.storage().replays().create(1, Set.of(), true).deliveries()).isEqualTo(1);
		assertThat(claim(replica, request(replica, Traffic.REPLAY, ONE_AN_HOUR)).deliveries()).hasSize(1);
		store(replica, 1);
		assertThat(claim(replica, ONE_AN_HOUR).deliveries()).isEmpty();
	}

	@Test
	void aClaimThatFindsNothingTakesNone() {
		Replica replica = replica();
		Due due = claim(replica, ONE_AN_HOUR);
		assertThat(due.deliveries()).isEmpty();
		assertThat(due.pause()).isZero();
		assertThat(permits()).isZero();
	}

	@Test
	void aClaimThatFailsTakesNone() throws SQLException {
		Replica replica = replica();
		store(replica, 1);
		PostgresqlServer.execute(this.database,
				"alter table pulsehook_rate add constraint refusal check (permits = '{}')");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> claim(replica, ONE_AN_HOUR));
		assertThat(PostgresqlServer.number(this.database,
				"select count(*) from pulsehook_delivery where runner_id is null"))
			.isEqualTo(1);
		PostgresqlServer.execute(this.database, "alter table pulsehook_rate drop constraint refusal");
		assertThat(claim(replica, ONE_AN_HOUR).deliveries()).hasSize(1);
		assertThat(permits()).isEqualTo(1);
	}

	@Test
	void aClaimWhoseAnswerIsLostGivesNoMoreThanAllowed() {
		InterruptedAnswers way = new InterruptedAnswers(PostgresqlServer.pool(this.database));
		Replica replica = replica(way);
		store(replica, 2);
		for (String lost : List.of("for update skip locked", "with runner as", "update pulsehook_rate")) {
			way.loseNext(lost);
			assertThatExceptionOfType(DataAccessException.class).as(lost).isThrownBy(() -> claim(replica, ONE_AN_HOUR));
			assertThat(permits()).as("Permits when nothing is committed after '%s'", lost).isZero();
		}
		way.loseNext("commit");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> claim(replica, ONE_AN_HOUR));
		assertThat(claim(replica, ONE_AN_HOUR).deliveries()).isEmpty();
		assertThat(permits()).isEqualTo(1);
		Replica other = replica();
		assertThat(claim(other, FAST).deliveries()).as("What was given back").hasSize(1);
	}

	@Test
	void whoeverFindsThePermitsInUseDoesNotWait() throws SQLException {
		Replica replica = replica();
		store(replica, 2);
		claim(replica, FAST);
		try (Connection busy = connect(); Statement statement = busy.createStatement()) {
			busy.setAutoCommit(false);
			statement.execute("update pulsehook_rate set permits = permits");
			Due due = claim(replica, FAST);
			assertThat(due.deliveries()).isEmpty();
			assertThat(due.pause()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
		}
		Awaitility.await().until(() -> claim(replica, FAST).deliveries().size() == 1);
	}

	@Test
	void aReplicaThatIsStoppedWithinAClaimLosesThePermits() throws SQLException {
		Replica replica = replica();
		store(replica, 2);
		PostgresqlServer.execute(this.database,
				"""
						create table setting (name text, value text);
						create function note() returns trigger language plpgsql as $$
						begin
							insert into setting select name, setting from pg_settings
								where name in ('idle_in_transaction_session_timeout', 'transaction_isolation', 'synchronous_commit');
							return new;
						end $$;
						create trigger note before update on pulsehook_rate for each row execute function note()
						""");
		assertThat(claim(replica, ONE_AN_HOUR).deliveries()).hasSize(1);
		for (String setting : List.of("idle_in_transaction_session_timeout 2000",
				"transaction_isolation read committed", "synchronous_commit on")) {
			assertThat(PostgresqlServer.number(this.database,
					"select count(*) from setting where name || ' ' || value = '" + setting + "'"))
				.as(setting)
				.isEqualTo(1);
		}
	}

	@Test
	void thePermitsOfAHandlerThatIsDeletedGoWithIt() throws SQLException {
		Replica replica = replica();
		store(replica, 1);
		claim(replica, ONE_AN_HOUR);
		PostgresqlServer.execute(this.database, "delete from pulsehook_handler");
		assertThat(PostgresqlServer.number(this.database, "select count(*) from pulsehook_rate")).isZero();
	}

	private static Due claim(Replica replica, Rate rate) {
		return claim(replica, request(replica, Traffic.LIVE, rate));
	}

	private static Due claim(Replica replica, ClaimRequest request) {
		return replica.storage().deliveries().claim(request, (event) -> false);
	}

	private static ClaimRequest request(Replica replica, Traffic traffic, @Nullable Rate rate) {
		return new ClaimRequest("h", traffic, replica.soon(), 10).within(rate);
	}

	// Counts the permits that were taken.
	private long permits() {
		return PostgresqlServer.number(this.database,
				"select coalesce(sum(array_length(permits, 1)), 0) from pulsehook_rate");
	}

	private static void store(Replica replica, int contacts) {
		for (int contact = 0; contact < contacts; contact++) {
			replica.store("contact " + System.nanoTime(), 1);
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(PostgresqlServer.url(this.database), "postgres", "");
	}

	private Replica replica() {
		return replica(PostgresqlServer.pool(this.database));
	}

	private Replica replica(DataSource way) {
		Replica replica = new Replica(way, Replica.TOLD);
		this.replicas.add(replica);
		return replica.join("h");
	}

}
