package io.pulsehook.inbox;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What goes to a handler of the replica that stores it, without a claim.
 */
class PostgresqlHandoffTests {

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
	void handsOverTheFirstOfEachKeyThatHasAPlace() {
		Replica one = replica(Replica.TOLD);
		Replica other = replica(Replica.TOLD);
		deliveries(one).offer("h", 3);
		one.store("a", 1, 2);
		one.store("b", 1);
		one.store("c", 1);
		assertThat(one.handedOver()).extracting(DueDelivery::eventId).containsExactly(1L, 3L, 4L);
		one.store("d", 1);
		assertThat(other.claim("h", 10)).extracting(DueDelivery::eventId).containsExactly(5L);
		assertThat(one.succeed(List.copyOf(one.handedOver()))).isTrue();
		assertThat(other.claim("h", 10)).extracting(DueDelivery::eventId).containsExactly(2L);
	}

	@Test
	void handsOverWhatAClaimWouldHaveFound() {
		Replica replica = replica(Replica.TOLD);
		deliveries(replica).offer("h", 1);
		replica.store("a", 1);
		DueDelivery handedOver = replica.handedOver().get(0);
		assertThat(deliveries(replica).giveBack(List.of(handedOver)).join()).isEqualTo(1);
		assertThat(replica.claim("h", 1)).singleElement().usingRecursiveComparison().isEqualTo(handedOver);
	}

	@Test
	void offersEachPlaceOnceUntilItIsReceived() {
		Replica replica = replica(Replica.TOLD);
		deliveries(replica).offer("h", 2);
		replica.store("a", 1);
		replica.store("b", 1);
		replica.store("c", 1);
		assertThat(replica.handedOver()).hasSize(2);
		assertThat(replica.due()).containsExactly("h");
		deliveries(replica).received(replica.handedOver());
		replica.store("d", 1);
		assertThat(replica.handedOver()).extracting(DueDelivery::eventId).containsExactly(1L, 2L, 4L);
	}

	@Test
	void handsNothingOverThatWasStoredBefore() {
		Replica replica = replica(Replica.TOLD);
		deliveries(replica).offer("h", 10);
		replica.store("a", 1);
		replica.store("a", 1);
		assertThat(replica.handedOver()).hasSize(1);
	}

	@Test
	void handsNothingOverToAHandlerThatAnotherReplicaHasPaused() {
		Replica replica = replica(Replica.TOLD);
		deliveries(replica).offer("h", 10);
		replica(Replica.TOLD).inbox().setPaused("h", true);
		replica.store("a", 1);
		assertThat(replica.handedOver()).isEmpty();
		assertThat(replica.due()).containsExactly("h");
	}

	@Test
	void handsNothingOverInTheNameOfOneThatWasGivenUp() {
		Replica frozen = replica(Replica.SILENT);
		deliveries(frozen).offer("h", 10);
		frozen.store("a", 1);
		Replica other = replica(Replica.QUICK);
		await(() -> assertThat(other.claim("h", 1)).hasSize(1));
		frozen.store("b", 1);
		assertThat(frozen.handedOver()).hasSize(1);
		assertThat(other.claim("h", 1)).hasSize(1);
	}

	@Test
	void letsOthersHaveWhatWillNotBeReceived() {
		Replica replica = replica(Replica.TOLD);
		deliveries(replica).offer("h", 2);
		replica.store("a", 1);
		replica.store("b", 1);
		deliveries(replica).received(replica.handedOver().subList(0, 1));
		deliveries(replica).giveBackHandedOver();
		Replica other = replica(Replica.TOLD);
		await(() -> assertThat(other.claim("h", 2)).extracting(DueDelivery::eventId).containsExactly(2L));
	}

	@Test
	void findsWhatItWasNotToldOfSinceTheAnswerToACommitWasLost() {
		InterruptedAnswers way = new InterruptedAnswers(PostgresqlServer.pool(this.database));
		Replica replica = replica(way);
		deliveries(replica).offer("h", 10);
		way.loseNext("commit");
		assertThat(replica.store("a", 1).duplicates()).isEqualTo(1);
		assertThat(replica.handedOver()).isEmpty();
		assertThat(deliveries(replica).isInDoubt("h")).isTrue();
		assertThat(deliveries(replica).outlook("h", replica.inbox().clock().instant()).live()).isTrue();
		assertThat(replica.claim("h", 10)).singleElement()
			.satisfies((delivery) -> assertThat(replica.succeed(delivery)).isTrue());
		assertThat(replica.claim("h", 10)).isEmpty();
	}

	@Test
	void keepsWhatIsOnTheWayWhileItLooksForWhatItWasNotToldOf() {
		InterruptedAnswers way = new InterruptedAnswers(PostgresqlServer.pool(this.database));
		Replica replica = replica(way);
		deliveries(replica).offer("h", 10);
		replica.store("a", 1);
		way.loseNext("commit");
		replica.store("b", 1);
		deliveries(replica).outlook("h", replica.inbox().clock().instant());
		assertThat(replica.claim("h", 10)).extracting(DueDelivery::eventId).containsExactly(2L);
	}

	@Test
	void takesItsPlacesBackWhenNothingWasStored() throws SQLException {
		Replica replica = replica(Replica.TOLD);
		deliveries(replica).offer("h", 1);
		PostgresqlServer.execute(this.database,
				"alter table pulsehook_minute add constraint refusal check (events > 1)");
		assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> replica.store("a", 1));
		PostgresqlServer.execute(this.database, "alter table pulsehook_minute drop constraint refusal");
		replica.store("b", 1);
		assertThat(replica.handedOver()).hasSize(1);
		assertThat(replica.succeed(replica.handedOver().get(0))).isTrue();
	}

	private static Deliveries deliveries(Replica replica) {
		return replica.inbox().deliveries();
	}

	private Replica replica(LeaseTimes times) {
		return keep(new Replica(this.database, times));
	}

	private Replica replica(DataSource way) {
		return keep(new Replica(way, Replica.TOLD));
	}

	private Replica keep(Replica replica) {
		this.replicas.add(replica);
		return replica.join("h");
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().untilAsserted(assertion);
	}

}
