package io.pulsehook.inbox.figures;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.figures.Charts.Count;
import io.pulsehook.inbox.model.IntakeResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests the charts of what arrived over time.
 */
class ChartsTests extends StorageFixture {

	@Test
	void countsWhatArrivedByStep() {
		this.deliveries.store(1, 2, 3);
		this.deliveries.store(3);
		this.clock.advance(Duration.ofMinutes(30));
		this.deliveries.store(4);
		List<Count> minutes = this.storage.charts().counts(1, 60);
		assertThat(minutes).extracting(Count::result, Count::events)
			.containsExactlyInAnyOrder(tuple(IntakeResult.ACCEPTED, 3L), tuple(IntakeResult.DUPLICATE, 1L),
					tuple(IntakeResult.ACCEPTED, 1L));
		assertThat(minutes).allSatisfy((count) -> assertThat(count.type()).isEqualTo("OpenChat"));
		assertThat(this.storage.charts().counts(360, 120).stream().mapToLong(Count::events).sum()).isEqualTo(5);
		assertThat(this.storage.charts().counts(1, 10).stream().mapToLong(Count::events).sum()).isEqualTo(1);
	}

	@Test
	void countsAgainWhatIsStillUnderWayAndRemembersWhatIsPast() {
		this.deliveries.store(1);
		this.clock.advance(Duration.ofMinutes(40));
		assertThat(this.storage.charts().counts(1, 60)).hasSize(1);
		this.deliveries.store(2);
		assertThat(this.storage.charts().counts(1, 60)).hasSize(2);
		this.deliveries.store(3);
		assertThat(this.storage.charts().counts(1, 60)).extracting(Count::events).containsExactly(1L, 2L);
	}

}
