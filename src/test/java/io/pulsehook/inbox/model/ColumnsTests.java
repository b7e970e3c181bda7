package io.pulsehook.inbox.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnsTests {

	@Test
	void leaveGoodTextAsItIs() {
		String text = "\u041F\u0440\u0438\u0432\u0456\u0442, \uD83D\uDE00!";
		assertThat(Columns.safe(text)).isSameAs(text);
		assertThat(Columns.safe(null)).isNull();
	}

	@Test
	void replaceWhatADatabaseRefuses() {
		assertThat(Columns.safe("a\0b")).isEqualTo("a\uFFFDb");
		assertThat(Columns.safe("\uD83D")).isEqualTo("\uFFFD");
		assertThat(Columns.safe("\uDE00x\uD83D\uD83D\uDE00\uDE00")).isEqualTo("\uFFFDx\uFFFD\uD83D\uDE00\uFFFD");
	}

	@ParameterizedTest
	@CsvSource({ "198, 200", "199, 199", "200, 200" })
	void cutLongTextButNoCharacterInTwo(int before, int expected) {
		String text = "x".repeat(before) + "\uD83D\uDE00";
		assertThat(Columns.safe(text + "y".repeat(300))).hasSize(expected)
			.isEqualTo((text + "y").substring(0, expected));
	}

}
