package io.pulsehook.sendpulse.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallWindow}, on a clock of its own.
 */
class CallWindowTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final CallWindow window = new CallWindow();

	@Test
	void tenCallsMayBeginAtOnceAndTheNextASecondAfterAnAnswer() {
		for (int i = 0; i < 10; i++) {
			assertThat(this.window.pause(0, 1)).isZero();
			this.window.begin();
		}
		assertThat(this.window.pause(0, 1)).isPositive();
		this.window.end(300);
		assertThat(this.window.pause(SECOND, 1)).isEqualTo(300);
		assertThat(this.window.pause(SECOND + 300, 1)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "1, 10", "2, 5", "3, 3", "4, 2", "10, 1", "11, 1", "100, 1" })
	void eachReplicaHasAnEqualShareAndOneCallAtLeast(int replicas, int calls) {
		assertThat(CallWindow.callsFor(replicas)).isEqualTo(calls);
	}

	@Test
	void ofManyReplicasEachMakesOneCallInMoreThanASecond() {
		this.window.begin();
		this.window.end(0);
		assertThat(this.window.pause(SECOND, 25)).isEqualTo(3 * SECOND / 2);
		assertThat(this.window.pause(5 * SECOND / 2, 25)).isZero();
	}

	@Test
	void anotherReplicaCountsAtOnce() {
		for (int i = 0; i < 5; i++) {
			this.window.begin();
		}
		assertThat(this.window.pause(0, 1)).isZero();
		assertThat(this.window.pause(0, 2)).isPositive();
	}

	// SendPulse counts a call at any moment between its beginning and its answer.
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void wheneverSendPulseCountsACallItCountsNoMoreThanTenWithinASecond(long seed) {
		Random random = new Random(seed);
		List<Long> counted = new ArrayList<>();
		PriorityQueue<Long> answers = new PriorityQueue<>();
		long now = 0;
		while (counted.size() < 500) {
			while (!answers.isEmpty() && answers.peek() <= now) {
				this.window.end(answers.remove());
			}
			long pause = this.window.pause(now, 1);
			if (pause == 0) {
				this.window.begin();
				long took = random.nextLong((random.nextInt(10) == 0) ? 3 * SECOND : SECOND / 5) + 1;
				counted.add(now + random.nextLong(took));
				answers.add(now + took);
			}
			else {
				now = Math.min(now + pause, answers.isEmpty() ? Long.MAX_VALUE : answers.peek());
			}
		}
		Collections.sort(counted);
		for (int i = 10; i < counted.size(); i++) {
			assertThat(counted.get(i) - counted.get(i - 10)).isGreaterThanOrEqualTo(SECOND);
		}
		assertThat(now).isLessThan(500 * SECOND);
	}

}
