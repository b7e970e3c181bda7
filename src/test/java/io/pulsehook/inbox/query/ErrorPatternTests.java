package io.pulsehook.inbox.query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorPatternTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"java.lang.IllegalStateException: No contact 17 | java.lang.IllegalStateException: No contact …",
			"java.io.IOException: GET https://crm.example/c/a?x=1 failed (503) | java.io.IOException: GET … failed (…)",
			"com.acme.Http2Exception: Refused | com.acme.Http2Exception: Refused",
			"a.B: Contact 'Ann Lee' of \"x\" is gone | a.B: Contact … of … is gone",
			"a.B: It's not the customer's | a.B: It's not the customer's",
			"a.B: mail to ann@example.com bounced | a.B: mail to … bounced",
			"java.lang.NullPointerException | java.lang.NullPointerException",
			"something went wrong: 12 times | something went wrong: … times" })
	void leavesOutWhatDiffers(String error, String pattern) {
		assertThat(ErrorPattern.of(error)).isEqualTo(pattern);
	}

	@Test
	void endsWithTheFirstLineAndIsShort() {
		assertThat(ErrorPattern.of("a.B: first\nsecond")).isEqualTo("a.B: first");
		assertThat(ErrorPattern.of("a.B: " + "long ".repeat(1_000))).hasSize(200);
		assertThat(ErrorPattern.of("")).isEmpty();
	}

	@Test
	void isItsOwnPattern() {
		String pattern = ErrorPattern.of("a.B: No contact 17 of 'x'");
		assertThat(ErrorPattern.of(pattern)).isEqualTo(pattern);
	}

}
