package io.pulsehook.inbox.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.RestChange.Begin;
import io.pulsehook.inbox.model.RestChange.End;
import io.pulsehook.inbox.model.RestChange.ProbeFailed;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.replica.LeaseTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that of all replicas one at a time tries a delivery of a resting handler.
 */
class PostgresqlProbeTests {

	private final String database = PostgresqlServer.create();

	private final List<Replica> replicas = new ArrayList<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private Replica one;

	private Replica other;

	@BeforeEach
	void open() {
		this.one = replica(Replica.TOLD);
		this.other = replica(Replica.TOLD);
		this.one.storage()
			.inbox()
			.store(IntStream.range(0, 100).mapToObj((contact) -> ExampleEvents.openChat("c" + contact, 1)).toList());
	}

	@AfterEach
	void close() throws Exception {
		this.threads.shutdownNow();
		for (Replica replica : this.replicas) {
			replica.close();
		}
	}

	@Test
	void nothingIsClaimedBeforeTheRestIsOverAndAProbeOnlyThen() {
		rest(now().plus(Duration.ofHours(1)));
		assertThat(this.other.claim("h", 10)).isEmpty();
		assertThat(probe(this.other)).isEmpty();
		restedSince(Duration.ofMinutes(1));
		assertThat(this.other.claim("h", 10)).isEmpty();
		assertThat(probe(this.other)).hasSize(1);
	}

	@Test
	void aHandlerThatDoesNotRestGetsNoProbe() {
		assertThat(probe(this.one)).isEmpty();
		rested();
		this.one.storage().deliveries().changeRest("h", new End()).join();
		assertThat(probe(this.one)).isEmpty();
		assertThat(this.one.claim("h", 10)).hasSize(10);
	}

	@Test
	void aPausedHandlerGetsNoProbe() {
		rested();
		this.one.storage().subscribers().setPaused("h", true);
		assertThat(probe(this.other)).isEmpty();
		this.one.storage().subscribers().setPaused("h", false);
		assertThat(probe(this.other)).hasSize(1);
	}

	@Test
	void onlyOneReplicaAtATimeHasAProbe() throws Exception {
		rested();
		for (int round = 0; round < 50; round++) {
			List<Callable<List<DueDelivery>>> claims = new ArrayList<>();
			for (Replica replica : List.of(this.one, this.other)) {
				claims.add(() -> probe(replica));
			}
			List<DueDelivery> probes = new ArrayList<>();
			for (Future<List<DueDelivery>> claim : this.threads.invokeAll(claims)) {
				probes.addAll(claim.get());
			}
			// Each passes over a handler that the other one claims for just now, and the
			// loser may come after the winner.
			assertThat(probes).as("round %d", round).hasSizeLessThanOrEqualTo(1);
			assertThat(number("select count(*) from pulsehook_delivery where runner_id is not null"))
				.isEqualTo(probes.size());
			for (DueDelivery probe : probes) {
				assertThat(this.one.fail(probe, now().minusMillis(1))).isTrue();
			}
		}
	}

	@Test
	void anotherDeliveryIsTriedEachTime() {
		rested();
		List<Long> events = new ArrayList<>();
		for (int probe = 0; probe < 5; probe++) {
			DueDelivery claimed = probe((probe % 2 == 0) ? this.one : this.other).get(0);
			events.add(claimed.eventId());
			assertThat(this.one.fail(claimed, now())).isTrue();
		}
		assertThat(events).containsExactly(1L, 2L, 3L, 4L, 5L);
	}

	@Test
	void aProbeThatIsGivenBackOrErasedMakesWayForAnother() {
		rested();
		DueDelivery first = probe(this.one).get(0);
		assertThat(probe(this.other)).isEmpty();
		this.one.storage().deliveries().giveBack(List.of(first)).join();
		DueDelivery second = probe(this.other).get(0);
		assertThat(probe(this.one)).isEmpty();
		this.one.storage().erasure().erase("c0", (body) -> null);
		DueDelivery third = probe(this.one).get(0);
		assertThat(List.of(first.eventId(), second.eventId(), third.eventId())).containsExactly(1L, 1L, 2L);
		assertThat(this.other.succeed(second)).as("The outcome of what was erased").isFalse();
		assertThat(this.one.succeed(third)).isTrue();
	}

	@Test
	void aProbeThatHangsMakesWayForAnotherAndStaysClaimed() {
		rested();
		DueDelivery hanging = probe(this.one).get(0);
		this.one.storage().deliveries().letProbeGo(hanging);
		DueDelivery next = probe(this.other).get(0);
		assertThat(next.eventId()).isNotEqualTo(hanging.eventId());
		assertThat(probe(this.one)).isEmpty();
		assertThat(this.one.succeed(hanging)).isTrue();
		assertThat(probe(this.one)).as("The other one is still held").isEmpty();
	}

	@Test
	void anotherReplicaTriesADeliveryWhenTheOneThatHadTheProbeDies() throws Exception {
		LeaseTimes quick = new LeaseTimes(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofMillis(200));
		Replica heir = replica(quick);
		rested();
		DueDelivery lost = probe(this.one).get(0);
		assertThat(probe(heir)).isEmpty();
		PostgresqlServer.execute(this.database, "update pulsehook_runner set lease_until = clock_timestamp() - "
				+ "interval '1 second' where id = " + lost.runner());
		List<DueDelivery> taken = new ArrayList<>();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> taken.addAll(probe(heir)));
		assertThat(taken).extracting(DueDelivery::eventId).containsExactly(lost.eventId());
		assertThat(this.one.succeed(lost)).isFalse();
		assertThat(heir.succeed(taken)).isTrue();
	}

	@Test
	void nothingIsHandedOverDuringARest() {
		rest(now().plus(Duration.ofHours(1)));
		this.one.storage().deliveries().offer("h", 10);
		this.one.store("new", 1);
		assertThat(this.one.handedOver()).isEmpty();
		this.one.storage().deliveries().changeRest("h", new End()).join();
		this.one.storage().deliveries().offer("h", 10);
		this.one.store("newer", 1);
		assertThat(this.one.handedOver()).hasSize(1);
	}

	@Test
	void everyReplicaHearsOfARest() {
		rest(now().plus(Duration.ofHours(1)));
		HandlerState expected = this.one.storage().subscribers().states().get("h");
		assertThat(Objects.requireNonNull(expected).isResting()).isTrue();
		for (Replica replica : this.replicas) {
			Awaitility.await().untilAsserted(() -> assertThat(replica.states()).containsEntry("h", expected));
		}
	}

	@Test
	void aReplicaOfAFormerVersionNeitherEndsARestNorIsKeptWaiting() throws Exception {
		rested();
		DueDelivery probe = probe(this.one).get(0);
		PostgresqlServer.execute(this.database,
				"""
						with runner as (
							insert into pulsehook_runner (lease_until) values (clock_timestamp() + interval '1 hour') returning id
						), seen as (
							insert into pulsehook_handler (id, types, last_seen) values ('h', 'OpenChat', 1)
							on conflict (id) do update set types = excluded.types, last_seen = excluded.last_seen
						)
						update pulsehook_delivery d set runner_id = runner.id from runner
						where d.handler = 'h' and d.event_id = 2
						""");
		PostgresqlServer.execute(this.database, """
				update pulsehook_delivery set status = 'retrying', attempts = attempts + 1, due_at = 1, runner_id = null
				where handler = 'h' and event_id = 2
				""");
		assertThat(probe(this.other)).as("The probe is still held").isEmpty();
		assertThat(this.one.fail(probe, now())).isTrue();
		this.one.storage().deliveries().changeRest("h", new ProbeFailed(now().minusMillis(1), "a.B")).join();
		restedSince(Duration.ofMinutes(1));
		DueDelivery next = probe(this.other).get(0);
		assertThat(List.of(next.eventId(), (long) next.spent())).containsExactly(2L, 1L);
	}

	private Replica replica(LeaseTimes times) {
		Replica replica = new Replica(this.database, times).join("h");
		this.replicas.add(replica);
		return replica;
	}

	private void rested() {
		rest(now());
		restedSince(Duration.ofMillis(1));
	}

	private void rest(Instant until) {
		this.one.storage().deliveries().changeRest("h", new Begin(until, "a.B")).join();
	}

	private void restedSince(Duration time) {
		try {
			PostgresqlServer.execute(this.database,
					"update pulsehook_handler set rest_until = " + now().minus(time).toEpochMilli());
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Instant now() {
		return this.one.storage().clock().instant();
	}

	private List<DueDelivery> probe(Replica replica) {
		return replica.storage()
			.deliveries()
			.claim(ClaimRequest.probe("h", Traffic.LIVE, replica.soon(), false), (event) -> false)
			.deliveries();
	}

	private int number(String query) {
		return Math.toIntExact(PostgresqlServer.number(this.database, query));
	}

}
