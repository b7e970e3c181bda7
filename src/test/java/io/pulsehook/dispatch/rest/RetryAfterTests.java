package io.pulsehook.dispatch.rest;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is read from the header {@code Retry-After}.
 */
class RetryAfterTests {

	private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

	@ParameterizedTest
	@CsvSource({ "0, PT0S", "2, PT2S", "' 120 ', PT2M", "1.5, PT1.5S", "0.0004, PT0S",
			"999999999999999, PT277777777777H46M39S" })
	void readsSeconds(String value, Duration pause) {
		assertThat(RetryAfter.parse(value, NOW)).isEqualTo(pause);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sun, 01 Mar 2026 08:00:30 GMT", "Sun, 1 Mar 2026 08:00:30 GMT",
			"Sunday, 01-Mar-26 08:00:30 GMT", "Sun Mar  1 08:00:30 2026", "Sun Mar 01 08:00:30 2026" })
	void readsTheThreeFormatsOfADate(String value) {
		assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void readsADateThatIsOverAsANegativePause() {
		assertThat(RetryAfter.parse("Sat, 28 Feb 2026 08:00:00 GMT", NOW)).isEqualTo(Duration.ofDays(-1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-1", "soon", "2s", "1e3", "1,5", "0x10", "٢", "9999999999999999999999",
			"2026-03-01T08:00:30Z", "Mon, 01 Mar 2026 08:00:30 GMT", "Sun, 31 Feb 2026 08:00:30 GMT" })
	void readsNothingFromNonsense(String value) {
		assertThat(RetryAfter.parse(value, NOW)).isNull();
	}

}
