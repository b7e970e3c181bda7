package io.pulsehook.dispatch.lane;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how many deliveries a handler should have waiting.
 */
class AdaptivePrefetchTests {

	private static final int CONCURRENCY = 8;

	private final AdaptivePrefetch prefetch = new AdaptivePrefetch(CONCURRENCY);

	@Test
	void keepsFewForWhoIsUnknown() {
		assertThat(this.prefetch.size()).isEqualTo(32);
	}

	@Test
	void keepsFewForWhoIsSlow() {
		end(100, TimeUnit.SECONDS.toNanos(1));
		assertThat(this.prefetch.size()).isEqualTo(32);
	}

	@Test
	void keepsManyForWhoIsFastButNotAnyNumber() {
		end(100, TimeUnit.MICROSECONDS.toNanos(10));
		assertThat(this.prefetch.size()).isEqualTo(512);
	}

	@Test
	void keepsWhatAllThreadsCanEndInFiftyMilliseconds() {
		end(1000, TimeUnit.MILLISECONDS.toNanos(4));
		assertThat(this.prefetch.size()).isBetween(CONCURRENCY * 50 / 4 - 1, CONCURRENCY * 50 / 4);
	}

	@Test
	void forgetsThatSomebodyWasFast() {
		end(100, TimeUnit.MICROSECONDS.toNanos(10));
		end(1, TimeUnit.SECONDS.toNanos(1));
		assertThat(this.prefetch.size()).isEqualTo(32);
		end(100, TimeUnit.MICROSECONDS.toNanos(10));
		assertThat(this.prefetch.size()).isEqualTo(512);
		this.prefetch.reset();
		assertThat(this.prefetch.size()).isEqualTo(32);
	}

	@Test
	void tellsWhetherAnythingEnded() {
		assertThat(this.prefetch.hasProgressed()).isFalse();
		end(1, 1);
		assertThat(this.prefetch.hasProgressed()).isTrue();
		assertThat(this.prefetch.hasProgressed()).isFalse();
	}

	private void end(int attempts, long nanos) {
		for (int i = 0; i < attempts; i++) {
			this.prefetch.record(nanos);
		}
	}

}
