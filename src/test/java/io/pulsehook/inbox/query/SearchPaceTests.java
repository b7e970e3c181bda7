package io.pulsehook.inbox.query;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how long a search reads for one page.
 */
class SearchPaceTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

	private final SearchPace pace = new SearchPace(this.nanos::get);

	@Test
	void readsOneStretchHoweverLongItTakes() {
		pass(Duration.ofSeconds(1));
		assertThat(this.pace.goesOn()).isTrue();
		this.pace.advance();
		assertThat(this.pace.goesOn()).isFalse();
	}

	@Test
	void endsInTimeByShorterStretchesOfASlowDatabase() {
		long millis = 0;
		while (this.pace.goesOn()) {
			long took = this.pace.stretch() / 5;
			millis += took;
			pass(Duration.ofMillis(took));
			this.pace.advance();
		}
		assertThat(millis).isBetween(100L, 120L);
	}

	@Test
	void readsABoundedNumberOfEventsOfAFastDatabase() {
		int queries = 0;
		int rows = 0;
		while (this.pace.goesOn()) {
			rows += this.pace.stretch();
			this.pace.advance();
			queries++;
		}
		assertThat(rows).isEqualTo(20_000);
		assertThat(queries).isLessThan(15);
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

}
