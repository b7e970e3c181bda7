package io.pulsehook.inbox.commit;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how long a commit waits for those whom the one before it has answered.
 */
class GroupCommitTests {

	@Test
	void waitsForNobodyAfterAFastCommit() {
		assertThat(gather(Duration.ofMillis(9))).isZero();
	}

	@Test
	void waitsForAShareOfASlowCommit() {
		assertThat(gather(Duration.ofMillis(40))).isEqualTo(Duration.ofNanos(2_500_000));
	}

	// Requests that have waited for nearly as long as they may get their commit in time.
	@Test
	void waitsHardlyLongerAfterACommitThatWasHeldUp() {
		assertThat(gather(Duration.ofSeconds(5))).isLessThan(Duration.ofMillis(25));
	}

	private static Duration gather(Duration took) {
		return Duration.ofNanos(GroupCommit.gatherNanos(took.toNanos()));
	}

}
