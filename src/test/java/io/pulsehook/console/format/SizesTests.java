package io.pulsehook.console.format;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Sizes}.
 */
class SizesTests {

	@ParameterizedTest
	@CsvSource({ "0, 0 bytes", "1, 1 byte", "1023, 1023 bytes", "1024, 1 KB", "1536, 1.5 KB", "150000, 146 KB",
			"1048576, 1 MB", "1073741824, 1 GB", "5000000000000, 4.5 TB" })
	void takeTheLargestUnit(long bytes, String text) {
		assertThat(Sizes.text(bytes)).isEqualTo(text);
	}

}
