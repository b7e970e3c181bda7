package io.pulsehook.dispatch;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many deliveries a handler has at hand.
 */
class PaceTests {

	private static final int CONCURRENCY = 8;

	private final Pace pace = new Pace(CONCURRENCY);

	@Test
	void keepsFewForWhoIsUnknown() {
		assertThat(this.pace.ahead()).isEqualTo(32);
	}

	@Test
	void keepsFewForWhoIsSlow() {
		end(100, TimeUnit.SECONDS.toNanos(1));
		assertThat(this.pace.ahead()).isEqualTo(32);
	}

	@Test
	void keepsManyForWhoIsFastButNotAnyNumber() {
		end(100, TimeUnit.MICROSECONDS.toNanos(10));
		assertThat(this.pace.ahead()).isEqualTo(512);
	}

	@Test
	void keepsWhatAllThreadsCanEndInFiftyMilliseconds() {
		end(1000, TimeUnit.MILLISECONDS.toNanos(4));
		assertThat(this.pace.ahead()).isBetween(CONCURRENCY * 50 / 4 - 1, CONCURRENCY * 50 / 4);
	}

	@Test
	void forgetsThatSomebodyWasFast() {
		end(100, TimeUnit.MICROSECONDS.toNanos(10));
		end(1, TimeUnit.SECONDS.toNanos(1));
		assertThat(this.pace.ahead()).isEqualTo(32);
		end(100, TimeUnit.MICROSECONDS.toNanos(10));
		assertThat(this.pace.ahead()).isEqualTo(512);
		this.pace.forget();
		assertThat(this.pace.ahead()).isEqualTo(32);
	}

	@Test
	void tellsWhetherAnythingEnded() {
		assertThat(this.pace.moved()).isFalse();
		end(1, 1);
		assertThat(this.pace.moved()).isTrue();
		assertThat(this.pace.moved()).isFalse();
	}

	private void end(int attempts, long nanos) {
		for (int i = 0; i < attempts; i++) {
			this.pace.ended(nanos);
		}
	}

}
