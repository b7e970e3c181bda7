package io.pulsehook.destination.text;

import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests what a text becomes with the values of a payload.
 */
class TextTemplateTests {

	private static final JsonNode PAYLOAD = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build()
		.readTree("""
				{"id": "7", "type": "IncomingMessage", "receivedAt": "2026-01-01T10:00:00.500Z",
				 "data": {"id": "order-1", "totalCost": 10.50, "test": false, "customerName": null,
				  "contact": {"name": "Ann & Bob", "tags": [{"name": "vip"}], "operator": null,
				   "variables": {"First name": "Ann"}},
				  "message": {"text": {"body": "as it came"}}},
				 "message": {"text": "as it is read", "attachments": []},
				 "raw": [1]}
				""");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			nothing at all                      | nothing at all
			{contact.name}                      | Ann & Bob
			{ contact.name }!                   | Ann & Bob!
			{totalCost} of {test}               | 10.50 of false
			{receivedAt}                        | 2026-01-01T10:00:00.500Z
			{id} {type}                         | order-1 IncomingMessage
			{data.id}                           | order-1
			{contact.variables.First name}      | Ann
			{contact.tags.0.name}               | vip
			{contact.tags}                      | [{"name":"vip"}]
			{message.text}                      | as it is read
			{{{type}}} {{type}}                 | {IncomingMessage} {type}
			[{customerName}]                    | []
			[{contact.tags.1.name}]             | []
			[{contact.tags.name}]               | []
			[{contact.operator.email}]          | []
			[{contact.name.length}]             | []
			[{none}{contact.none}]              | []
			{raw.0}                             | 1
			""")
	void putsValuesWhereTheirNamesAre(String text, String expected) {
		assertThat(TextTemplate.compile(text).render(PAYLOAD, UnaryOperator.identity())).isEqualTo(expected);
	}

	@Test
	void escapesValuesOnly() {
		assertThat(TextTemplate.compile("<b>{contact.name}</b> & {contact.tags}")
			.render(PAYLOAD, (value) -> value.replace("&", "&amp;").replace("\"", "'")))
			.isEqualTo("<b>Ann &amp; Bob</b> & [{'name':'vip'}]");
	}

	@Test
	void takesTheBracesInAValueAsTheyAre() {
		JsonNode payload = JsonMapper.shared().readTree("{\"data\":{\"text\":\"{id} $1 \\\\\"},\"id\":\"7\"}");
		assertThat(TextTemplate.compile("{text}").render(payload, UnaryOperator.identity())).isEqualTo("{id} $1 \\");
	}

	@Test
	void needsNoRecord() {
		JsonNode payload = JsonMapper.shared().readTree("{\"data\":null,\"id\":\"7\"}");
		assertThat(TextTemplate.compile("{id}:{contact.name}").render(payload, UnaryOperator.identity()))
			.isEqualTo("7:");
	}

	@Test
	void tellsItsNames() {
		assertThat(TextTemplate.compile("{a}{{b}}{ c.d }").names()).containsExactly("a", "c.d");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a {b", "a } b", "{a{b}}", "{", "}", "{{a}" })
	void refusesABraceWithoutItsPartner(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TextTemplate.compile(text))
			.withMessageMatching("text has '[{}]' without its partner at position \\d\\. .* write it twice\\.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{ }" })
	void refusesBracesWithoutAName(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TextTemplate.compile(text))
			.withMessage("text has two braces without a name between them.");
	}

}
