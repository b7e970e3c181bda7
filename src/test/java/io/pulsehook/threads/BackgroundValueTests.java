package io.pulsehook.threads;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.threads.BackgroundValue.Known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests values that are worked out in the background.
 */
class BackgroundValueTests {

	private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

	private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final AtomicInteger passes = new AtomicInteger();

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
	}

	@Test
	void givesNothingUntilThereIsAValueAndThenKeepsIt() {
		CountDownLatch released = new CountDownLatch(1);
		BackgroundValue<Integer> value = value(() -> {
			await(released);
			return this.passes.incrementAndGet();
		});
		assertThat(value.get()).isNull();
		released.countDown();
		Awaitility.await().until(() -> value.get() != null);
		assertThat(value.get()).isEqualTo(new Known<>(1, NOW));
		assertThat(this.passes).hasValue(1);
	}

	@Test
	void givesTheLastValueWhileTheNextOneIsWorkedOut() {
		CountDownLatch released = new CountDownLatch(1);
		BackgroundValue<Integer> value = value(() -> {
			if (this.passes.incrementAndGet() > 1) {
				await(released);
			}
			return this.passes.get();
		});
		Awaitility.await().until(() -> value.get() != null);
		Awaitility.await().until(() -> value.get() != null && this.passes.get() > 1);
		assertThat(value.get()).isEqualTo(new Known<>(1, NOW));
		released.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(value.get()).isNotEqualTo(new Known<>(1, NOW)));
	}

	@Test
	void givesNoValueThatNobodyHasAskedForInAnHour() {
		CountDownLatch released = new CountDownLatch(1);
		BackgroundValue<Integer> value = value(() -> {
			if (this.passes.incrementAndGet() > 1) {
				await(released);
			}
			return this.passes.get();
		});
		Awaitility.await().until(() -> value.get() != null);
		Instant later = NOW.plus(Duration.ofHours(1));
		this.now.set(later);
		Awaitility.await().until(() -> value.get() == null);
		released.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(value.get()).isEqualTo(new Known<>(2, later)));
	}

	@Test
	void throwsWhatTheWorkThrowsAndTriesAgain() {
		BackgroundValue<Integer> value = value(() -> {
			if (this.passes.incrementAndGet() == 1) {
				throw new IllegalArgumentException("not yet");
			}
			return 2;
		});
		assertThatIllegalArgumentException().isThrownBy(() -> {
			while (value.get() == null) {
				Thread.onSpinWait();
			}
		}).withMessage("not yet");
		Awaitility.await()
			.ignoreException(IllegalArgumentException.class)
			.untilAsserted(() -> assertThat(value.get()).isEqualTo(new Known<>(2, NOW)));
	}

	private <T> BackgroundValue<T> value(Supplier<T> work) {
		return new BackgroundValue<>(work, this.executor, this.now::get);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
