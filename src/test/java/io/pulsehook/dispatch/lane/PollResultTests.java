package io.pulsehook.dispatch.lane;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.pulsehook.dispatch.lane.PollResult.Remaining;

import static org.assertj.core.api.Assertions.assertThat;

class PollResultTests {

	private static final Instant NOW = Instant.EPOCH;

	@Test
	void isDueAtItsTimeAndNotBefore() {
		PollResult result = new PollResult(Remaining.NOTHING, NOW.plusMillis(1), false, 0);
		assertThat(result.isDue(NOW)).isFalse();
		assertThat(result.isDue(NOW.plusMillis(1))).isTrue();
		assertThat(PollResult.NONE.isDue(NOW)).isTrue();
	}

	@Test
	void isCaughtUpUntilSomethingMayHaveBecomeDue() {
		PollResult result = new PollResult(Remaining.NOTHING, NOW.plusMillis(1), false, 0);
		assertThat(result.isCaughtUp(NOW)).isTrue();
		assertThat(result.isCaughtUp(NOW.plusMillis(1))).isFalse();
		assertThat(result.outdated().isCaughtUp(NOW)).isFalse();
		assertThat(result.retryAt(NOW.plusSeconds(1)).isCaughtUp(NOW)).isFalse();
		assertThat(PollResult.NONE.isCaughtUp(NOW)).isFalse();
	}

	@Test
	void remembersASuspectThatWaitsUntilNothingIsKnown() {
		PollResult result = new PollResult(Remaining.SUSPECT, Instant.MIN, true, 2);
		assertThat(result.outdated().suspectWaits()).isTrue();
		assertThat(result.retryAt(NOW).suspectWaits()).isFalse();
		assertThat(result.outdated()).isEqualTo(result);
		assertThat(result.retryAt(NOW)).isEqualTo(new PollResult(Remaining.UNKNOWN, NOW, true, 2));
	}

}
