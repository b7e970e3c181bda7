package io.pulsehook.observe;

import java.time.Instant;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.spool.SpoolStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpoolMeters}.
 */
class SpoolMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private SpoolStatus status = new SpoolStatus(true, Instant.EPOCH, 7, 700, 1_000, 2, 9, null);

	private final SpoolMeters meters = new SpoolMeters(this.registry, () -> this.status);

	@Test
	void tellWhatIsInTheSpool() {
		assertThat(this.meters).isNotNull();
		assertThat(gauge("taking")).isOne();
		assertThat(gauge("waiting")).isEqualTo(7);
		assertThat(gauge("size")).isEqualTo(700);
		assertThat(gauge("refused")).isEqualTo(2);
		assertThat(this.registry.get("pulsehook.spool.kept").functionCounter().count()).isEqualTo(9);
		this.status = new SpoolStatus(false, null, 0, 0, 1_000, 0, 9, null);
		assertThat(gauge("taking")).isZero();
		assertThat(gauge("waiting")).isZero();
	}

	private double gauge(String name) {
		return this.registry.get("pulsehook.spool." + name).gauge().value();
	}

}
