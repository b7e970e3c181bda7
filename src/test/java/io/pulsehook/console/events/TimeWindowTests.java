package io.pulsehook.console.events;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TimeWindowTests {

	private static final Instant NOW = Instant.parse("2026-03-29T20:15:30.500Z");

	@Test
	void readsTimesInTheZoneOfTheBrowserOrInUtc() {
		assertThat(window(Map.of("from", "2026-01-31T10:00", "to", "2026-01-31T10:05:30", "zone", "Asia/Kolkata")))
			.isEqualTo(window(Map.of("from", "2026-01-31T04:30:00Z", "to", "2026-01-31T04:35:30Z")));
		assertThat(window(Map.of("from", "2026-01-31T10:00", "zone", "America/Sao_Paulo")))
			.isEqualTo(window(Map.of("from", "2026-01-31T13:00")));
	}

	@Test
	void readsMomentsWhateverTheZone() {
		assertThat(window(Map.of("from", "2026-01-31T10:00:00.123Z", "zone", "Asia/Kolkata")).from())
			.isEqualTo("2026-01-31T10:00:00.123Z");
	}

	@Test
	void movesWithThePresent() {
		assertThat(window(Map.of("when", "15m")).from()).isEqualTo(NOW.minusSeconds(900));
		assertThat(window(Map.of("when", "7d")).from()).isEqualTo(NOW.minusSeconds(7 * 86_400));
	}

	@Test
	void knowsTheDaysOfTheReaderAlsoWhenTheClocksChange() {
		assertThat(window(Map.of("when", "today", "zone", "Europe/Lisbon")))
			.isEqualTo(new TimeWindow(Instant.parse("2026-03-29T00:00:00Z"), null));
		assertThat(window(Map.of("when", "yesterday", "zone", "Asia/Kolkata")))
			.isEqualTo(new TimeWindow(Instant.parse("2026-03-28T18:30:00Z"), Instant.parse("2026-03-29T18:30:00Z")));
	}

	@Test
	void prefersTimesToAWindowThatMoves() {
		assertThat(window(Map.of("when", "1h", "to", "2026-01-31T10:00:00Z")).from()).isNull();
	}

	@Test
	void givesFieldsWholeSecondsWithoutLosingAnEvent() {
		TimeWindow window = window(Map.of("from", "2026-01-31T10:00:59.999Z", "to", "2026-01-31T10:04:59.001Z"));
		assertThat(window.fromField()).isEqualTo("2026-01-31T10:00:59");
		assertThat(window.toField()).isEqualTo("2026-01-31T10:05");
	}

	@Test
	void saysWhatCannotBeRead() {
		assertThatIllegalArgumentException().isThrownBy(() -> window(Map.of("to", "tomorrow")))
			.withMessageContaining("“tomorrow” is no time");
		assertThatIllegalArgumentException().isThrownBy(() -> window(Map.of("from", "2026-01-31T10:00", "zone", "X/Y")))
			.withMessageContaining("no time zone “X/Y”");
		assertThatIllegalArgumentException().isThrownBy(() -> window(Map.of("when", "soon")))
			.withMessageContaining("no time “soon”");
	}

	private static TimeWindow window(Map<String, String> values) {
		return TimeWindow.of(values, NOW);
	}

}
