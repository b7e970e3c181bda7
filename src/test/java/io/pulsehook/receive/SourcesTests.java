package io.pulsehook.receive;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SourcesTests {

	private static final String OLD = "old-token-0123456789";

	private static final String NEW = "new_token.0123456789~";

	private static final String OTHER = "other-token-ABCDEFGHIJ";

	private final Sources sources = new Sources(Map.of("crm", List.of(OLD, NEW), "shop", List.of(OTHER)));

	@Test
	void knowsASourceByAnyOfItsTokens() {
		assertThat(this.sources.sourceOf(OLD)).isEqualTo("crm");
		assertThat(this.sources.sourceOf(NEW)).isEqualTo("crm");
		assertThat(this.sources.sourceOf(OTHER)).isEqualTo("shop");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "crm", "old-token-012345678", "old-token-01234567890", "OLD-TOKEN-0123456789" })
	void knowsNoOtherToken(String token) {
		assertThat(this.sources.sourceOf(token)).isNull();
	}

	@Test
	void knowsNobodyWithoutTokens() {
		assertThat(new Sources(Map.of()).sourceOf("")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "short!", "nineteen-characters", "with a blank in the middle",
			"with/a-slash-in-the-middle", "percent%2Dencoded-characters", "with-a-semicolon;in-the-middle",
			"\u043A\u0438\u0440\u0438\u043B\u0438\u0446\u0430-cyrillic-characters" })
	void refusesATokenThatIsShortOrDoesNotSurviveInAUrl(String token) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Sources(Map.of("crm", List.of(token))))
			.withMessageContaining("'crm'")
			.withMessageContaining("at least 20 characters")
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain(token));
	}

	@Test
	void refusesATokenOfTwoSources() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Sources(Map.of("crm", List.of(OLD), "shop", List.of(OTHER, OLD))))
			.withMessageContaining("'crm'")
			.withMessageContaining("'shop'")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(OLD));
	}

	@Test
	void mindsNoTokenThatASourceHasTwice() {
		assertThatNoException().isThrownBy(() -> new Sources(Map.of("crm", List.of(OLD, OLD))));
	}

}
