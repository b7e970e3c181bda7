package io.pulsehook.inbox.model;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RateTests {

	@Test
	void isReadAsPeopleWriteIt() {
		assertThat(Rate.of("5/s")).isEqualTo(new Rate(5, Duration.ofSeconds(1)));
		assertThat(Rate.of("100/10s")).isEqualTo(new Rate(100, Duration.ofSeconds(10)));
		assertThat(Rate.of(" 60 / m ")).isEqualTo(new Rate(60, Duration.ofMinutes(1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "5/s", "100/10s", "60/m", "1/90m", "2/h", "1000/d", "3/1500ms", "1/ms" })
	void isWrittenAsItIsRead(String rate) {
		assertThat(Rate.of(rate)).hasToString(rate);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "5", "5/", "/s", "5 per second", "-5/s", "5/w", "0.5/s", "5/s/s", "9999999999/d" })
	void isRefusedIfItIsNone(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.of(text))
			.withMessageContaining("'" + text + "' is no rate. Write it as 5/s, 100/10s or 60/m");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0/s", "1001/s", "2/ms", "1/0s" })
	void isRefusedIfNobodyCanKeepIt(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.of(text))
			.withMessageContaining("at least 1 and at most 1000/s, but this is " + text + ".");
	}

}
