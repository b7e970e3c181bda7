package io.pulsehook.destination.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests what Telegram would otherwise refuse: broken markup, and too long a text.
 */
class TelegramTextTests {

	private static final String FULL = "x".repeat(TelegramText.LONGEST);

	@Test
	void escapesWhatMarkupIsMadeOf() {
		assertThat(TelegramText.escape("<a href=\"x\">&amp;</a>"))
			.isEqualTo("&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;");
	}

	@Test
	void leavesATextThatIsShortEnough() {
		assertThat(TelegramText.shorten(FULL)).isSameAs(FULL);
	}

	@Test
	void countsNeitherTagsNorTheLettersOfEntities() {
		String text = "<b>" + "&lt;".repeat(TelegramText.LONGEST) + "</b>";
		assertThat(TelegramText.shorten(text)).isSameAs(text);
	}

	@Test
	void cutsALongerText() {
		assertThat(TelegramText.shorten(FULL + "x")).isEqualTo(FULL.substring(1) + "…");
	}

	@Test
	void closesTheTagsThatAreOpenWhereItCuts() {
		String text = "<b>bold <i>both " + FULL + "</i></b> end";
		assertThat(TelegramText.shorten(text)).startsWith("<b>bold <i>both x").endsWith("x…</i></b>");
	}

	@Test
	void keepsATagThatIsClosedBeforeTheCut() {
		assertThat(TelegramText.shorten("<b>bold</b>" + FULL)).startsWith("<b>bold</b>x").endsWith("x…");
	}

	@ParameterizedTest
	@ValueSource(strings = { "&amp;", "😀", "<a href=\"https://a.test\">", "&#128512;" })
	void neverCutsATagNorAnEntityNorALetter(String token) {
		for (int before = TelegramText.LONGEST - 4; before <= TelegramText.LONGEST; before++) {
			String text = TelegramText.shorten("x".repeat(before) + token + "yyyy");
			String rest = text.replace("x", "").replace("y", "").replace("…", "").replace("</a>", "");
			assertThat(rest).isIn("", token);
			assertThat(text.replace(token, "zz").replace("</a>", "").length())
				.isLessThanOrEqualTo(TelegramText.LONGEST + 2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n", "<b></b>", "<a href=\"x\"> </a>" })
	void knowsWhatNobodyWouldSee(String html) {
		assertThat(TelegramText.isBlank(html)).isTrue();
		assertThat(TelegramText.isBlank(html + "x")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a > b & c; d", "<b>a</b> <i>b</i>", "<a href=\"\">a</a>", "<b><i>a</i></b>",
			"<span class=\"tg-spoiler\">a</span>", "&lt;none&gt;",
			"<pre><code class=\"language-java\">a</code></pre>" })
	void takesTheTagsOfTelegram(String html) {
		assertThatNoException().isThrownBy(() -> TelegramText.check(html));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a < b        | text has a '<' at position 3 that begins no tag of Telegram.
			<            | text has a '<' at position 1 that begins no tag of Telegram.
			<p>a</p>     | text has a '<' at position 1 that begins no tag of Telegram.
			ab<br/>      | text has a '<' at position 3 that begins no tag of Telegram.
			<b>a         | text does not close <b>.
			<b><i>a</b>  | text closes <b>, which is not open.
			a</i>        | text closes <i>, which is not open.
			""")
	void refusesWhatTelegramWouldNotUnderstand(String html, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> TelegramText.check(html))
			.withMessageStartingWith(message);
	}

}
