package io.pulsehook.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a burst waits while its database is away, since its handler has not been
 * called.
 */
class AwayBurstTests {

	private static final BurstLimits LIMITS = new BurstLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 10);

	private final String database = PostgresqlServer.create();

	private final CutWay way = new CutWay(PostgresqlServer.pool(this.database));

	private Storage storage;

	@BeforeEach
	void open() {
		this.way.mend();
		this.storage = Storage.open(TestDatabase.settings(Path.of("unused")), this.way, null);
		this.storage.inbox().subscribe(List.of(new Subscription("h", Set.of("OpenChat"), true)), (arrivals) -> {
		});
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void waitsThoughItIsKnownWhatBelongsToIt() throws Exception {
		this.storage.inbox().store(List.of(ExampleEvents.openChat("c", 1), ExampleEvents.openChat("c", 2)));
		DueDelivery claimed = this.storage.deliveries()
			.claim(new ClaimRequest("h", Traffic.LIVE, this.storage.clock().instant(), 10), (event) -> false)
			.deliveries()
			.get(0);
		assertThat(this.storage.deliveries().burst(claimed, LIMITS)).hasSize(2);
		this.way.cut();
		PostgresqlServer.execute(this.database, "select pg_terminate_backend(pid) from pg_stat_activity "
				+ "where datname = current_database() and pid <> pg_backend_pid()");
		assertThat(this.storage.deliveries().burst(claimed.inBurst(claimed.eventId()), LIMITS)).isEmpty();
		assertThat(this.storage.inbox().outage()).isNotNull();
	}

}
