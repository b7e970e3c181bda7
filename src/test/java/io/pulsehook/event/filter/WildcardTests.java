package io.pulsehook.event.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WildcardTests {

	@ParameterizedTest
	@CsvSource({ "Reserved*,Reserved", "Reserved*,Reserved room 7", "*room*,the room", "*room*,room", "*7,room 7",
			"R*d*7,Reserved 7", "*,anything", "a*a,aa", "*aab*,aaab", "*ab*ab,abab", "*abab*,abacabab", "*ab*ba*,abba",
			"***,anything", "a**b,axb" })
	void aStarStandsForAnyCharactersAlsoForNone(String pattern, String value) {
		assertThat(Wildcard.of(pattern).matches(value)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "Reserved*,reserved", "Reserved*,Reserve", "*room*,rom", "a*a,a", "*ab*ba*,aba", "ab*bc,abc",
			"*7,7 rooms" })
	void whatIsBesideTheStarsMustBeThere(String pattern, String value) {
		assertThat(Wildcard.of(pattern).matches(value)).isFalse();
	}

	@Test
	void aStarMatchesWhatIsMissing() {
		assertThat(Wildcard.of("*").matches("")).isTrue();
		assertThat(Wildcard.of("?*").matches("")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "*****************************************************************************b",
			"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab*",
			"*ab*aab*aaab*aaaab*", "a*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab*a" })
	void readsNoCharacterOfAHostileValueTwiceButForItsEnds(String pattern) {
		CountingText value = new CountingText("a".repeat(100_000));
		Wildcard.of(pattern).matches(value);
		assertThat(value.reads).isLessThanOrEqualTo(value.length() + pattern.length());
	}

	@Test
	void comparesAHostilePatternInTimeThatGrowsWithItsLength() {
		String part = "a".repeat(2_000);
		Wildcard pattern = Wildcard.of("*" + (part + "b*").repeat(50));
		CountingText value = new CountingText((part + "a").repeat(5_000));
		assertThat(pattern.matches(value)).isFalse();
		assertThat(value.reads).isLessThanOrEqualTo(value.length());
	}

	/** A text that counts how often one of its characters is read. */
	private static final class CountingText implements CharSequence {

		private final String text;

		private long reads;

		CountingText(String text) {
			this.text = text;
		}

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public char charAt(int index) {
			this.reads++;
			return this.text.charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			throw new UnsupportedOperationException();
		}

	}

}
