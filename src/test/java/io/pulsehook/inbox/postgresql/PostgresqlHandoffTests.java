package io.pulsehook.inbox.postgresql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.replica.LeaseTimes;
import io.pulsehook.inbox.sqlite.InterruptedAnswers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests which events go to a handler of the replica that stores them, without a claim.
 */
class PostgresqlHandoffTests {

	private final List<Replica> replicas = new ArrayList<>();

	private final ScheduledExecutorService offers = Executors.newSingleThreadScheduledExecutor();

	private String database;

	@BeforeEach
	void create() {
		this.database = PostgresqlServer.create();
	}

	@AfterEach
	void close() throws Exception {
		this.offers.shutdownNow();
		for (Replica replica : this.replicas) {
			replica.close();
		}
	}

	@Test
	void handsOverTheFirstOfEachKeyThatHasAPlace() {
		Replica one = replica(Replica.TOLD);
		Replica other = replica(Replica.TOLD);
		offer(one, 3);
		one.store("a", 1, 2);
		one.store("b", 1);
		one.store("c", 1);
		assertThat(one.handedOver()).extracting(DueDelivery::eventId).containsExactly(1L, 3L, 4L);
		one.store("d", 1);
		assertThat(other.claim("h", 10)).extracting(DueDelivery::eventId).containsExactly(5L);
		assertThat(one.succeed(one.handedOver())).isTrue();
		assertThat(other.claim("h", 10)).extracting(DueDelivery::eventId).containsExactly(2L);
	}

	@Test
	void handsOverWhatAClaimWouldHaveFound() {
		Replica replica = replica(Replica.TOLD);
		offer(replica, 1);
		replica.store("a", 1);
		DueDelivery handedOver = replica.handedOver().get(0);
		assertThat(deliveries(replica).receive("h", List.of(handedOver))).containsExactly(handedOver);
		assertThat(deliveries(replica).giveBack(List.of(handedOver)).join()).isEqualTo(1);
		assertThat(replica.claim("h", 1)).singleElement().usingRecursiveComparison().isEqualTo(handedOver);
	}

	@Test
	void offersEachPlaceOnceUntilItIsReceived() {
		Replica replica = replica(Replica.TOLD);
		offer(replica, 2);
		replica.store("a", 1);
		replica.store("b", 1);
		replica.store("c", 1);
		assertThat(replica.handedOver()).hasSize(2);
		assertThat(replica.due()).containsExactly("h");
		assertThat(deliveries(replica).receive("h", replica.handedOver())).hasSize(2);
		replica.store("d", 1);
		assertThat(replica.handedOver()).extracting(DueDelivery::eventId).containsExactly(1L, 2L, 4L);
	}

	@Test
	void handsNothingOverThatWasStoredBefore() {
		Replica replica = replica(Replica.TOLD);
		offer(replica, 10);
		replica.store("a", 1);
		replica.store("a", 1);
		assertThat(replica.handedOver()).hasSize(1);
	}

	@Test
	void handsNothingOverToAHandlerThatAnotherReplicaHasPaused() {
		Replica replica = replica(Replica.TOLD);
		offer(replica, 10);
		replica(Replica.TOLD).storage().subscribers().setPaused("h", true);
		replica.store("a", 1);
		assertThat(replica.handedOver()).isEmpty();
		assertThat(replica.due()).containsExactly("h");
	}

	@Test
	void handsNothingOverInTheNameOfOneThatWasGivenUp() throws SQLException {
		Replica frozen = replica(Replica.TOLD);
		offer(frozen, 10);
		frozen.store("a", 1);
		PostgresqlServer.execute(this.database, "update pulsehook_runner set lease_until = 'yesterday'");
		Replica other = replica(Replica.QUICK);
		await(() -> assertThat(other.claim("h", 1)).hasSize(1));
		frozen.store("b", 1);
		assertThat(frozen.handedOver()).hasSize(1);
		assertThat(other.claim("h", 1)).hasSize(1);
	}

	@Test
	void letsOthersHaveWhatWillNotBeReceived() {
		Replica replica = replica(Replica.TOLD);
		offer(replica, 2);
		replica.store("a", 1);
		replica.store("b", 1);
		List<DueDelivery> handedOver = replica.handedOver();
		assertThat(deliveries(replica).receive("h", handedOver.subList(0, 1))).hasSize(1);
		deliveries(replica).refuseWhatComes("h");
		assertThat(deliveries(replica).receive("h", handedOver)).isEmpty();
		Replica other = replica(Replica.TOLD);
		await(() -> assertThat(other.claim("h", 2)).extracting(DueDelivery::eventId).containsExactly(2L));
	}

	@Test
	void forgetsAnOfferThatIsNotMadeAgain() {
		Replica replica = replica(Replica.TOLD);
		deliveries(replica).offer("h", 1000);
		AtomicInteger stored = new AtomicInteger();
		await(() -> {
			replica.store("c" + stored.incrementAndGet(), 1);
			assertThat(replica.handedOver()).hasSizeLessThan(stored.get());
		});
	}

	@Test
	void handsNothingLargeOver() {
		Replica replica = replica(Replica.TOLD);
		offer(replica, 10);
		replica.store("a".repeat(20_000), 1);
		replica.store("b", 1);
		assertThat(replica.handedOver()).extracting(DueDelivery::eventId).containsExactly(2L);
		assertThat(replica.claim("h", 2)).extracting(DueDelivery::eventId).containsExactly(1L);
	}

	@Test
	void letsGoWhatItWasNotToldOfSinceTheAnswerToACommitWasLost() {
		InterruptedAnswers way = new InterruptedAnswers(PostgresqlServer.pool(this.database));
		Replica replica = replica(way);
		offer(replica, 10);
		way.loseNext("commit");
		storeAgainUntilAnswered(replica, "a");
		assertThat(replica.handedOver()).isEmpty();
		assertThat(replica.due()).contains("h");
		assertThat(replica.claim("h", 10)).singleElement()
			.satisfies((delivery) -> assertThat(replica.succeed(delivery)).isTrue());
		assertThat(replica.claim("h", 10)).isEmpty();
	}

	@Test
	void keepsWhatComesWhenItLetsOthersGo() {
		InterruptedAnswers way = new InterruptedAnswers(PostgresqlServer.pool(this.database));
		Replica replica = replica(way);
		offer(replica, 10);
		replica.store("a", 1);
		assertThat(replica.handedOver()).hasSize(1);
		way.loseNext("commit");
		storeAgainUntilAnswered(replica, "b");
		assertThat(replica.claim("h", 10)).extracting(DueDelivery::eventId).containsExactly(2L);
		assertThat(deliveries(replica).receive("h", replica.handedOver())).hasSize(1);
	}

	@Test
	void takesItsPlacesBackWhenNothingWasStored() throws SQLException {
		Replica replica = replica(Replica.TOLD);
		offer(replica, 1);
		PostgresqlServer.execute(this.database,
				"alter table pulsehook_minute add constraint refusal check (events > 1)");
		assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> replica.store("a", 1));
		PostgresqlServer.execute(this.database, "alter table pulsehook_minute drop constraint refusal");
		// Asking runs one more transaction, in which the deliveries leave the replica.
		assertThat(replica.handedOver()).isEmpty();
		replica.store("b", 1);
		assertThat(replica.handedOver()).hasSize(1);
		assertThat(replica.succeed(replica.handedOver().get(0))).isTrue();
	}

	// Repeats a store that failed, as SendPulse may: the writer does not repeat it if the
	// commit held something else as well.
	private static void storeAgainUntilAnswered(Replica replica, String contact) {
		Awaitility.await()
			.ignoreException(InboxUnavailableException.class)
			.untilAsserted(() -> assertThat(replica.store(contact, 1).duplicates()).isEqualTo(1));
	}

	// Repeats the offer as long as the test lasts.
	private void offer(Replica replica, int places) {
		this.offers.scheduleAtFixedRate(() -> deliveries(replica).offer("h", places), 0, 20, TimeUnit.MILLISECONDS);
		deliveries(replica).offer("h", places);
	}

	private static Deliveries deliveries(Replica replica) {
		return replica.storage().deliveries();
	}

	private Replica replica(LeaseTimes times) {
		return keep(new Replica(this.database, times));
	}

	private Replica replica(DataSource way) {
		return keep(new Replica(way, Replica.TOLD));
	}

	private Replica keep(Replica replica) {
		this.replicas.add(replica);
		replica.join("h");
		// The subscription of a replica ends in a commit of its own, which must be over
		// before the test begins.
		await(() -> assertThat(replica.paused()).containsKey("h"));
		replica.handedOver();
		return replica;
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().untilAsserted(assertion);
	}

}
