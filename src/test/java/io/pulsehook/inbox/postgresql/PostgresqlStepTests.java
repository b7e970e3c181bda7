package io.pulsehook.inbox.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.query.StoredStep;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the steps of a delivery that changes from one replica to another.
 */
class PostgresqlStepTests {

	private final String database = PostgresqlServer.create();

	@Test
	void areRecordedByTheReplicaThatHasTheDeliveryOnly() throws Exception {
		try (Replica frozen = new Replica(this.database, Replica.SILENT).join("h")) {
			frozen.store("c", 1);
			DueDelivery lost = awaitClaim(frozen);
			assertThat(frozen.storage().deliveries().steps().add(lost, "before", "1").join()).isTrue();
			try (Replica other = new Replica(this.database, Replica.QUICK).join("h")) {
				// Nobody has the delivery between the takeover and the next claim.
				Awaitility.await().until(() -> other.due().contains("h"));
				assertThat(frozen.storage().deliveries().steps().add(lost, "between", "2").join()).isFalse();
				DueDelivery taken = awaitClaim(other);
				assertThat(taken.eventId()).isEqualTo(lost.eventId());
				assertThat(taken.attempts()).isEqualTo(lost.attempts());
				assertThat(other.storage().deliveries().steps().of(taken)).containsOnlyKeys("before");
				assertThat(frozen.storage().deliveries().steps().add(lost, "after", "3").join()).isFalse();
				assertThat(other.storage().deliveries().steps().add(taken, "after", "4").join()).isTrue();
				assertThat(other.storage().events().steps(taken.eventId())).extracting(StoredStep::result)
					.containsExactlyInAnyOrder("1", "4");
			}
		}
	}

	private static DueDelivery awaitClaim(Replica replica) {
		List<DueDelivery> claimed = new ArrayList<>();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> claimed.addAll(replica.claim("h", 1)));
		return claimed.get(0);
	}

}
