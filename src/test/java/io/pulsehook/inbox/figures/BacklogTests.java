package io.pulsehook.inbox.figures;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.inbox.figures.Backlog.Unfinished;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests the counts of deliveries that wait.
 */
class BacklogTests extends StorageFixture {

	@Test
	void tellsWhatWaitsAndSinceWhen() {
		this.deliveries.subscribe("h");
		Instant first = this.clock.instant();
		this.deliveries.store(1);
		this.clock.advance(Duration.ofMinutes(5));
		this.deliveries.store(2);
		this.deliveries.finish(2, "boom", this.clock.instant().plusSeconds(60));
		assertThat(this.storage.backlog().unfinished()).containsExactly(new Unfinished("h", 1, 1, first));
		assertThat(this.storage.backlog().dead()).isEmpty();
		this.deliveries.finish(1, null, null);
		assertThat(this.storage.backlog().unfinished()).extracting(Unfinished::waiting, Unfinished::retrying)
			.containsExactly(tuple(0L, 1L));
	}

}
