package io.pulsehook.console.format;

import java.util.stream.Collectors;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonTextTests {

	@Test
	void laysOutJson() {
		assertThat(text("{\"a\":[1,{}, [ ]],\"b\" : {\"c\":null}}")).isEqualTo("""
				{
				  "a": [
				    1,
				    {},
				    []
				  ],
				  "b": {
				    "c": null
				  }
				}""");
	}

	@Test
	void tellsKeysStringsNumbersAndWordsApart() {
		assertThat(JsonText.pieces("{\"k\":\"v\",\"n\":-1.50,\"t\":true}"))
			.filteredOn((piece) -> !piece.type().isEmpty())
			.extracting(JsonText.Piece::type, JsonText.Piece::text)
			.containsExactly(Tuple.tuple("key", "\"k\""), Tuple.tuple("string", "\"v\""), Tuple.tuple("key", "\"n\""),
					Tuple.tuple("number", "-1.50"), Tuple.tuple("key", "\"t\""), Tuple.tuple("word", "true"));
	}

	@Test
	void showsLettersOfOtherAlphabetsAndNoInvisibleOnes() {
		assertThat(text("\"\\u0430\\u202e\\u0022\\\\u0430\\ud83d\"")).isEqualTo("\"а\\u202e\\u0022\\\\u0430\\ud83d\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "}}}}", "\"open", "\"ends with \\", "{\"a\":", "not json at all", "[1 2]", ",,:",
			"\"\\u12\"", "\\u0430", "{{{{[[[[" })
	void losesNothingOfWhatIsNoJson(String broken) {
		assertThat(text(broken).replaceAll("\\s", "")).isEqualTo(broken.replaceAll("\\s", ""));
	}

	@Test
	void doesNotLayOutWhatIsLarge() {
		String large = "[" + "1,".repeat(200_000) + "1]";
		assertThat(JsonText.pieces(large)).singleElement().extracting(JsonText.Piece::text).isEqualTo(large);
	}

	@Test
	void staysNarrowHoweverDeep() {
		assertThat(text("[".repeat(5_000))).hasSizeLessThan(5_000 * 130);
	}

	private static String text(String json) {
		return JsonText.pieces(json).stream().map(JsonText.Piece::text).collect(Collectors.joining());
	}

}
