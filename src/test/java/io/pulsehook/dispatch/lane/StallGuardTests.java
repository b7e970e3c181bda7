package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.model.DueDelivery;

import static org.assertj.core.api.Assertions.assertThat;

class StallGuardTests {

	private static final int WAITING = 40;

	private final CountDownLatch still = new CountDownLatch(1);

	private final HandlerThreads threads = new HandlerThreads("h", 1);

	private final AdaptivePrefetch prefetch = new AdaptivePrefetch(1);

	private long nanos;

	private final StallGuard guard = new StallGuard(this.threads, this.prefetch, () -> this.nanos);

	@BeforeEach
	void standStill() {
		IntStream.rangeClosed(0, WAITING).mapToObj(this::run).forEach(this.threads::execute);
		Awaitility.await().until(() -> this.threads.waiting() == WAITING);
	}

	@AfterEach
	void goOn() {
		this.still.countDown();
		this.threads.shutdownNow();
	}

	@Test
	void leavesTheFirstFewAfterASecondWithoutAnEndedAttempt() {
		assertThat(this.guard.removeStalled()).isEmpty();
		advance(Duration.ofSeconds(1));
		assertThat(this.guard.removeStalled()).isEmpty();
		advance(Duration.ofNanos(1));
		assertThat(this.guard.removeStalled()).extracting((run) -> run.delivery().eventId())
			.containsExactly(33L, 34L, 35L, 36L, 37L, 38L, 39L, 40L);
		assertThat(this.threads.waiting()).isEqualTo(AdaptivePrefetch.MIN);
	}

	@Test
	void letsNothingGoWhileAttemptsEnd() {
		for (int second = 0; second < 10; second++) {
			advance(Duration.ofSeconds(2));
			this.prefetch.record(TimeUnit.MILLISECONDS.toNanos(1));
			assertThat(this.guard.removeStalled()).isEmpty();
		}
		assertThat(this.threads.waiting()).isEqualTo(WAITING);
	}

	@Test
	void takesTheHandlerForASlowOneFromThenOn() {
		IntStream.range(0, 100).forEach((attempt) -> this.prefetch.record(1));
		assertThat(this.guard.removeStalled()).isEmpty();
		assertThat(this.prefetch.size()).isGreaterThan(AdaptivePrefetch.MIN);
		advance(Duration.ofSeconds(2));
		assertThat(this.guard.removeStalled()).isNotEmpty();
		assertThat(this.prefetch.size()).isEqualTo(AdaptivePrefetch.MIN);
	}

	private void advance(Duration time) {
		this.nanos += time.toNanos();
	}

	private Run run(int event) {
		DueDelivery delivery = new DueDelivery(event, "h", null, 1, 0, 1, "default", "OpenChat", null, Instant.EPOCH,
				null, null, new byte[0], 0, 0, null, false, null);
		return new Run(delivery, () -> {
			this.still.await();
			return null;
		}, (run, startedAt, result) -> {
		}, InstantSource.system(), (due) -> true);
	}

}
