package io.pulsehook.observe;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.spool.SpoolStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StorageHealth}.
 */
class StorageHealthTests {

	private static final Instant BEGAN = Instant.parse("2026-01-01T10:00:00Z");

	private static final Outage OUTAGE = new Outage(BEGAN, "The connection was refused");

	@Test
	void isUpWhileTheDatabaseCanBeWritten() {
		assertThat(health(null, null)).isEqualTo(Health.up().build());
		assertThat(health(null, spool(false, null))).isEqualTo(Health.up().build());
	}

	@Test
	void isDownDuringAnOutageWithoutASpool() {
		assertThat(health(OUTAGE, null))
			.isEqualTo(Health.down().withDetail("since", BEGAN).withDetail("reason", OUTAGE.reason()).build());
	}

	@Test
	void isUpAndSaysSoWhileTheSpoolKeepsWebhooks() {
		Health health = health(OUTAGE, spool(true, null));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).isEqualTo(Map.of("degraded", "Webhooks are kept in the spool", "since", BEGAN,
				"waiting", 7L, "reason", OUTAGE.reason()));
	}

	@Test
	void isUpDuringAnOutageInWhichNoWebhookHasComeYet() {
		assertThat(health(OUTAGE, spool(false, null)).getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isUpAndSaysSoWhileTheSpoolIsDrained() {
		Health health = health(null, spool(true, null));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("since", BEGAN).containsEntry("waiting", 7L);
		assertThat(health.getDetails()).doesNotContainKey("reason");
	}

	@Test
	void isDownWhenNotEvenTheSpoolCanKeepThem() {
		Health health = health(OUTAGE, spool(true, "It is full"));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("spool", "It is full")
			.containsEntry("reason", OUTAGE.reason())
			.doesNotContainKey("degraded");
	}

	@Test
	void tellsOfASpoolThatCannotBeWrittenAlsoWhileNobodyNeedsIt() {
		assertThat(health(null, spool(false, "It cannot be written")))
			.isEqualTo(Health.up().withDetail("spool", "It cannot be written").build());
	}

	private static Health health(@Nullable Outage outage, @Nullable SpoolStatus spool) {
		Health.Builder builder = new Health.Builder();
		new StorageHealth(outage, spool).tell(builder);
		return builder.build();
	}

	private static SpoolStatus spool(boolean taking, @Nullable String problem) {
		return new SpoolStatus(taking, taking ? BEGAN : null, 7, 700, 1_000, 0, 9, problem);
	}

}
