package io.pulsehook.inbox.postgresql;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.inbox.model.DueDelivery;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that statements stay fast that the server planned while there was hardly a row:
 * it may take minutes to learn how many there are now.
 */
class PostgresqlGrowthTests {

	private static final int ROUNDS = 60;

	private static final int CONTACTS = 50;

	private static final int EACH = 3;

	private static final int EVENTS = ROUNDS * CONTACTS * EACH;

	/**
	 * The number of index entries that may be read for each delivery, including dead ones
	 * of others.
	 */
	private static final int READ_FOR_EACH = 40;

	@Test
	void readsNoMoreForEachDeliveryThanInTheBeginning() throws Exception {
		String database = PostgresqlServer.create();
		keepUnknown(database, "pulsehook_event");
		keepUnknown(database, "pulsehook_delivery");
		try (Replica replica = new Replica(database, Replica.TOLD).join("h")) {
			Awaitility.await().until(() -> replica.paused().containsKey("h"));
			for (int round = 0; round < ROUNDS; round++) {
				store(replica, round);
				runAll(replica);
			}
		}
		// The server counts what a connection has read when the connection ends.
		PostgresqlServer.pool(database).unwrap(HikariDataSource.class).close();
		Awaitility.await()
			.untilAsserted(() -> assertThat(PostgresqlServer.number(database,
					"select n_tup_ins from pg_stat_user_tables where relname = 'pulsehook_delivery'"))
				.isEqualTo(EVENTS));
		assertThat(PostgresqlServer.number(database, """
				select sum(seq_tup_read) from pg_stat_user_tables
				where relname in ('pulsehook_event', 'pulsehook_delivery')""")).isZero();
		assertThat(PostgresqlServer.number(database,
				"select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'pulsehook_delivery'"))
			.isLessThan(EVENTS * READ_FOR_EACH);
	}

	private static void keepUnknown(String database, String table) throws SQLException {
		PostgresqlServer.execute(database, "alter table " + table + " set (autovacuum_enabled = false)");
	}

	private static void store(Replica replica, int round) {
		for (int n = 0; n < EACH; n++) {
			int number = round * EACH + n;
			replica.storage()
				.inbox()
				.store(IntStream.range(0, CONTACTS)
					.mapToObj((contact) -> ExampleEvents.openChat("c" + contact, number))
					.toList());
		}
	}

	private static void runAll(Replica replica) {
		assertThat(replica.storage().deliveries().nextDue("h", replica.storage().clock().instant()).live()).isTrue();
		List<DueDelivery> claimed = replica.claim("h", CONTACTS);
		while (!claimed.isEmpty()) {
			assertThat(replica.succeed(claimed)).isTrue();
			claimed = replica.claim("h", CONTACTS);
		}
	}

}
