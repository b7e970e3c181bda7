package io.pulsehook.failure;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NearestTests {

	@ParameterizedTest
	@CsvSource({ "'', '', 0", "token, token, 0", "tokn, token, 1", "tokken, token, 1", "toten, token, 1",
			"toekn, token, 1", "etokn, token, 2", "'', token, 5", "token, '', 5", "datadri, datadir, 1" })
	void countsWhatWasMistyped(String one, String other, int distance) {
		assertThat(Nearest.distance(one, other)).isEqualTo(distance);
		assertThat(Nearest.distance(other, one)).isEqualTo(distance);
	}

	@Test
	void offersTheFirstOfTheNearest() {
		assertThat(nearest("retenion", "dead-retention", "retention", "retentions")).isEqualTo("retention");
		assertThat(nearest("ab", "abc", "abd")).isEqualTo("abc");
	}

	@Test
	void offersNothingThatIsQuiteAnotherWord() {
		assertThat(nearest("colour", "token", "sources", "data-dir")).isNull();
		assertThat(nearest("colour")).isNull();
	}

	private static @Nullable String nearest(String name, String... offered) {
		return Nearest.to(name, Stream.of(offered), (text) -> text).orElse(null);
	}

}
