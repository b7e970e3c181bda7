package io.pulsehook.console.overview;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.pulsehook.console.overview.Recounted.Count;
import io.pulsehook.inbox.SettableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests {@link Recounted}.
 */
class RecountedTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final SettableClock clock = new SettableClock();

	private final AtomicInteger counts = new AtomicInteger();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void countsEachTimeWhatIsQuickToCount() {
		Recounted<Integer> figure = new Recounted<>(this.counts::incrementAndGet, this.threads, this.clock);
		assertThat(figure.get()).isEqualTo(new Count<>(1, this.clock.instant()));
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(figure.get()).isEqualTo(new Count<>(2, this.clock.instant()));
	}

	@Test
	void hasNothingUntilItIsCompleteAndThenTheLastOne() {
		CountDownLatch counted = new CountDownLatch(1);
		Recounted<Integer> figure = new Recounted<>(() -> {
			await(counted);
			return this.counts.incrementAndGet();
		}, this.threads, this.clock);
		Count<Integer> first = new Count<>(1, this.clock.instant());
		assertThat(figure.get()).isNull();
		assertThat(figure.get()).isNull();
		this.clock.advance(Duration.ofMinutes(1));
		counted.countDown();
		Awaitility.await().until(() -> first.equals(figure.get()));
		assertThat(figure.get()).as("another count would be too soon").isEqualTo(first);
		assertThat(this.counts).hasValue(1);
	}

	@Test
	void countsAgainAfterAFailure() {
		Recounted<Integer> figure = new Recounted<>(() -> {
			if (this.counts.incrementAndGet() == 1) {
				throw new IllegalStateException("no");
			}
			return this.counts.get();
		}, this.threads, this.clock);
		assertThatIllegalStateException().isThrownBy(figure::get).withMessage("no");
		assertThat(figure.get()).isEqualTo(new Count<>(2, this.clock.instant()));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
