package io.pulsehook.inbox.query;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is told of the attempts of a delivery.
 */
class StoredDeliveryTests extends StorageFixture {

	@BeforeEach
	void store() {
		this.deliveries.subscribe("h");
		this.deliveries.store(1);
	}

	@Test
	void tellsAttemptsThatWerePutOffFromThoseThatSpentARetry() {
		this.deliveries.finish(1, "broken", later());
		this.deliveries.putOff(1, "busy", later());
		this.deliveries.finish(1, "broken", later());
		assertThat(stored().failures()).extracting(FailedAttempt::putOff).containsExactly(false, true, false);
		assertThat(stored().attempts()).isEqualTo(3);
		assertThat(stored().putOffs()).isEqualTo(1);
		assertThat(stored().retriesSpent()).isEqualTo(2);
	}

	@Test
	void countsNoRetryForTheLastAttemptOfWhatIsFinished() {
		this.deliveries.putOff(1, "busy", later());
		this.deliveries.finish(1, "broken", later());
		this.deliveries.finish(1, null, null);
		assertThat(stored().attempts()).isEqualTo(3);
		assertThat(stored().retriesSpent()).isEqualTo(1);
	}

	@Test
	void countsNoRetryForWhatDiesAtOnce() {
		this.deliveries.finish(1, "hopeless", null);
		assertThat(stored().retriesSpent()).isZero();
	}

	@Test
	void knowsWhenTheAttemptBeganThatSucceeded() {
		this.deliveries.finish(1, "broken", later());
		assertThat(stored().startedAt()).isNull();
		this.deliveries.finish(1, null, null);
		assertThat(stored().startedAt()).isEqualTo(this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
	}

	private Instant later() {
		this.clock.advance(Duration.ofMinutes(1));
		return this.clock.instant();
	}

	private StoredDelivery stored() {
		return this.storage.events().deliveries(1).get(0);
	}

}
