package io.pulsehook.console.deadletters;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pulsehook.console.frame.NotUnderstoodException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SinceTests {

	@ParameterizedTest
	@CsvSource({ "2026-01-31T14:00, Asia/Kolkata, 2026-01-31T08:30:00Z, 2026-01-31T14:00",
			"2026-01-31T14:00, America/Sao_Paulo, 2026-01-31T17:00:00Z, 2026-01-31T14:00",
			"2026-01-31T14:00, '', 2026-01-31T14:00:00Z, 2026-01-31T14:00",
			"2026-01-31T14:00:00Z, Asia/Kolkata, 2026-01-31T14:00:00Z, 2026-01-31T19:30" })
	void readsLocalTimesInTheZoneOfTheirReader(String text, String zone, Instant instant, String local) {
		Since since = Since.of(text, zone);
		assertThat(since.instant()).isEqualTo(instant);
		assertThat(since.local()).isEqualTo(local);
	}

	@Test
	void meansAllLettersIfNothingWasTyped() {
		assertThat(Since.of("", "").instant()).isNull();
		assertThat(Since.of(" ", "Asia/Kolkata").iso()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "yesterday, ''", "2026-13-01T00:00, ''", "+1000000000-12-31T23:59:59Z, ''",
			"2026-01-31T14:00, No/Where" })
	void neverMeansAllLettersIfItCannotBeRead(String text, String zone) {
		assertThatExceptionOfType(NotUnderstoodException.class).isThrownBy(() -> Since.of(text, zone));
	}

}
