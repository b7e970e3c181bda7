package io.pulsehook.inbox.history;

import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the percentiles of durations.
 */
class DurationTallyTests {

	private final DurationTally tally = new DurationTally();

	@Test
	void knowsNothingOfNothing() {
		assertThat(Durations.of(this.tally)).isEqualTo(Durations.NONE);
	}

	@Test
	void isExactForShortDurations() {
		LongStream.rangeClosed(1, 60).forEach(this.tally::add);
		assertThat(Durations.of(this.tally))
			.isEqualTo(new Durations(60, Duration.ofMillis(30), Duration.ofMillis(57), Duration.ofMillis(60)));
	}

	@Test
	void isExactToThreePercentForLongOnes() {
		LongStream.rangeClosed(1, 100_000).map((second) -> second * 1_000).forEach(this.tally::add);
		Durations durations = Durations.of(this.tally);
		assertThat(durations.half()).isCloseTo(Duration.ofSeconds(50_000), Duration.ofSeconds(1_600));
		assertThat(durations.most()).isCloseTo(Duration.ofSeconds(95_000), Duration.ofSeconds(3_000));
		assertThat(durations.longest()).isEqualTo(Duration.ofSeconds(100_000));
	}

	@Test
	void takesClocksThatWereSetBackForNoTimeAtAll() {
		this.tally.add(-5);
		assertThat(this.tally.percentile(1)).isEqualTo(Duration.ZERO);
	}

	@Test
	void tellsTheLongestOfAFewInFull() {
		this.tally.add(123_456_789);
		assertThat(this.tally.percentile(0.95)).isEqualTo(Duration.ofMillis(123_456_789));
	}

}
