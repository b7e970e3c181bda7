package io.pulsehook.inbox.postgresql;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.RecordedStatements;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.replay.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the results of replays cost.
 */
class PostgresqlReplayTests {

	private static final String COUNT = "update pulsehook_replay set succeeded";

	@Test
	void costNothingForWhatNobodyAskedForAgain() throws Exception {
		RecordedStatements recorded = new RecordedStatements(PostgresqlServer.pool(PostgresqlServer.create()));
		try (Replica replica = new Replica(recorded, Replica.QUICK).join("h")) {
			Storage storage = replica.storage();
			replica.store("a", 1);
			List<DueDelivery> first = replica.claim("h", 1);
			assertThat(replica.succeed(first)).isTrue();
			assertThat(recorded.executions(COUNT)).isZero();
			Replay replay = storage.replays().create(1, Set.of("h"), true);
			List<DueDelivery> again = storage.deliveries()
				.claim(new ClaimRequest("h", Traffic.REPLAY, storage.clock().instant(), 1), (event) -> false)
				.deliveries();
			assertThat(again).hasSize(1);
			assertThat(replica.succeed(again)).isTrue();
			assertThat(recorded.executions(COUNT)).isOne();
			assertThat(storage.replays().find(replay.id()).orElseThrow().succeeded()).isOne();
		}
	}

}
