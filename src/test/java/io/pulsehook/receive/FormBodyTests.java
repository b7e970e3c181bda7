package io.pulsehook.receive;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormBodyTests {

	private static final String JSON = "[{\"title\":\"a & b = 100%+ \u043F\u0440\u0438\u0432\u0456\u0442 \\\" x\"}]";

	@Test
	void decodesAKeyInPercentEncoding() {
		String encoded = URLEncoder.encode(JSON, StandardCharsets.UTF_8);
		assertThat(json(encoded)).isEqualTo(JSON);
		assertThat(json(encoded + "=")).isEqualTo(JSON);
		assertThat(json(encoded.toLowerCase().replace("+", "%20"))).isEqualTo(JSON);
	}

	@Test
	void takesRawJsonAsItIs() {
		assertThat(json(JSON)).isEqualTo(JSON);
		assertThat(json(JSON + "=")).isEqualTo(JSON);
	}

	@ParameterizedTest
	@CsvSource({ "[], []", "{}=, {}", "%7B%7D, {}", "%5B+%5D=, [ ]", "'', ''", "=, ''" })
	void decodesTheSmallestForms(String form, String expected) {
		assertThat(json(form)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=1", "a=1&b=2", "%7B%7D&b", "%7B%7D=1", "%7B%7D==" })
	void leavesAFormWithMoreThanAKeyAsItIs(String form) {
		assertThat(json(form)).isEqualTo(form);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%", "%5", "%zz", "%5g", "%%", "%-1" })
	void leavesABrokenEscapeAsItIs(String form) {
		assertThat(json(form)).isEqualTo(form);
	}

	@ParameterizedTest
	@CsvSource({ "application/x-www-form-urlencoded, true", "Application/X-WWW-Form-Urlencoded; charset=x, true",
			"application/json, false", "multipart/form-data, false", ", false" })
	void knowsAFormByItsContentType(String contentType, boolean expected) {
		assertThat(FormBody.is(contentType)).isEqualTo(expected);
	}

	private static String json(String form) {
		return new String(FormBody.json(form.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
	}

}
