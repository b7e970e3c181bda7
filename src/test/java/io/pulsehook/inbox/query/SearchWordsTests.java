package io.pulsehook.inbox.query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SearchWordsTests {

	@ParameterizedTest
	@CsvSource({ "refund order, The order asks for a REFUND", "acao, Ação", "Ação, ACAO", "strasse, Hauptstraße 5",
			"zolw, Żółw", "ивич, Иви́ч", "cafe creme, Crème au café", "İstanbul, istanbul", "ＡＢＣ, abc" })
	void areInATextInAnyOrderWhateverTheirCaseAndAccents(String query, String text) {
		assertThat(SearchWords.of(query).areIn(text)).isTrue();
	}

	@Test
	void areAllWanted() {
		assertThat(SearchWords.of("refund order").areIn("The order is paid")).isFalse();
	}

	@Test
	void stayTogetherInQuotes() {
		assertThat(SearchWords.of("\"two large\"").areIn("I take two large ones")).isTrue();
		assertThat(SearchWords.of("\"two large\"").areIn("two or three large ones")).isFalse();
		assertThat(SearchWords.of("\"title\":\"open_chat\"").areIn("{\"title\":\"open_chat\"}")).isTrue();
		assertThat(SearchWords.of("\"").areIn("a \" b")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "+1 (202) 555-0123", "12025550123", "202.555.01.23", "2025550123", "555 01 23" })
	void findAPhoneNumberByItsDigits(String query) {
		for (String text : new String[] { "\"phone\":\"+1 202 555 0123\"", "\"phone\":\"+12025550123\"",
				"call (1)202-555-0123" }) {
			assertThat(SearchWords.of(query).areIn(text)).as(text).isTrue();
		}
		assertThat(SearchWords.of(query).areIn("\"phone\":\"+12025550124\"")).isFalse();
	}

	@Test
	void areWordsAllTheSameIfTheyAreNumbers() {
		assertThat(SearchWords.of("2026-01-31 12").areIn("at 12 on 2026-01-31")).isTrue();
		assertThat(SearchWords.of("100 200").areIn("from 200 to 100")).isTrue();
		assertThat(SearchWords.of("order 1234567").areIn("the order with number 12-34-567")).isTrue();
	}

}
