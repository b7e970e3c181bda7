package io.pulsehook.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Elements}.
 */
class ElementsTests {

	@Test
	void anArrayGivesItsElements() throws Exception {
		assertThat(split("[{\"a\":1},{\"b\":2}]")).containsExactly("{\"a\":1}", "{\"b\":2}");
	}

	@Test
	void anObjectIsOneElement() throws Exception {
		assertThat(split("{\"a\":[1,2]}")).containsExactly("{\"a\":[1,2]}");
	}

	@Test
	void anEmptyArrayHasNoElements() throws Exception {
		assertThat(split(" [ ] ")).isEmpty();
	}

	@Test
	void keepsTheBytesOfAnElementAndDropsTheSpaceAroundIt() throws Exception {
		assertThat(split("\n [\t{ \"a\" :\r\n1 } \n, {}\n] \r\n")).containsExactly("{ \"a\" :\r\n1 }", "{}");
	}

	@Test
	void dropsALeadingByteOrderMark() throws Exception {
		assertThat(split("\uFEFF[{}]")).containsExactly("{}");
		assertThat(split("\uFEFF {\"a\":1}")).containsExactly("{\"a\":1}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":\"]},[{\"}", "{\"a\":\"\\\"}\"}", "{\"a\":\"\\\\\"}", "{\"\\\\\\\"\":1}",
			"{\"a\":\"\u0456\uD83D\uDE00\"}", "{\"a\":\"\n\u0000\"}" })
	void quotesAndEscapesHideBracketsAndCommas(String element) throws Exception {
		assertThat(split("[" + element + ",1," + element + "]")).containsExactly(element, "1", element);
	}

	@Test
	void scalarsAndArraysInsideAnArrayAreElementsToo() throws Exception {
		assertThat(split("[1, -2.5e3 ,null,true,\"a,b\",[1,[2]],nonsense]")).containsExactly("1", "-2.5e3", "null",
				"true", "\"a,b\"", "[1,[2]]", "nonsense");
	}

	@Test
	void anElementThatIsNotValidJsonLeavesItsNeighboursAlone() throws Exception {
		assertThat(split("[{\"a\" \"b\" // no\n},{\"good\":1}]")).containsExactly("{\"a\" \"b\" // no\n}",
				"{\"good\":1}");
	}

	@Test
	void bytesThatAreNotUtf8LeaveTheirNeighboursAlone() throws Exception {
		byte[] body = "[{\"a\":\"?\"},{}]".getBytes(StandardCharsets.UTF_8);
		body[7] = (byte) 0xFF;
		List<byte[]> elements = Elements.split(body);
		assertThat(elements).hasSize(2);
		assertThat(elements.get(0)).contains(0xFF);
		assertThat(elements.get(1)).containsExactly('{', '}');
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``               | The body is empty at byte 0
			` \n `           | The body is empty at byte 3
			`hello`          | The body must be a JSON array or object: there is something else at byte 0
			`"text"`         | The body must be a JSON array or object: there is something else at byte 0
			` 42`            | The body must be a JSON array or object: there is something else at byte 1
			`null`           | The body must be a JSON array or object: there is something else at byte 0
			`a=1&b=2`        | The body must be a JSON array or object: there is something else at byte 0
			`]`              | The body must be a JSON array or object: there is something else at byte 0
			`[`              | An element is missing at byte 1
			`[{}`            | The array is not closed: the body ends at byte 3
			`[{},`           | An element is missing at byte 4
			`[1`             | The array is not closed: the body ends at byte 2
			`{"a":1`         | An object or array is not closed: the body ends at byte 6
			`[{"a":[}]`      | The array is not closed: the body ends at byte 9
			`{"a`            | A string is not closed: the body ends at byte 3
			`{"a\\`          | A string is not closed: the body ends at byte 4
			`["a\\"]`        | A string is not closed: the body ends at byte 6
			`[{} {}]`        | A comma or the end of the array is missing at byte 4
			`[{"a":1}:{}]`   | A comma or the end of the array is missing at byte 8
			`[{},,{}]`       | An element is missing at byte 4
			`[,{}]`          | An element is missing at byte 1
			`[{},]`          | An element is missing at byte 4
			`[}]`            | An element is missing at byte 1
			`{}x`            | Something follows the end of the JSON at byte 2
			`[{}] [{}]`      | Something follows the end of the JSON at byte 5
			`{}{}`           | Something follows the end of the JSON at byte 2
			`{}}`            | Something follows the end of the JSON at byte 2
			""")
	void saysWhatIsBrokenAndWhere(String body, String message) {
		assertThatExceptionOfType(MalformedBodyException.class).isThrownBy(() -> split(body))
			.withMessage(message)
			.satisfies((ex) -> assertThat(message).endsWith("byte " + ex.offset()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			`// why\n[{}]`                    | 0
			`/* why */ {}`                     | 0
			`[ // it's "one\n{}]`             | 2
			`[{"a":1} // [why\n,{}]`          | 9
			`[{"a":1, // "why\n"b":2}]`       | 9
			`{"a":"//no\\"", /* [ */ "b":1}` | 15
			`{"a":1} // why`                   | 8
			`{"a":1, // }\n"b":2}`            | 8
			""")
	void saysInWordsThatACommentBreaksIt(String body, int offset) {
		assertThatExceptionOfType(MalformedBodyException.class).isThrownBy(() -> split(body.replace("\\n", "\n")))
			.withMessage("JSON has no comments, but one begins at byte " + offset)
			.satisfies((ex) -> assertThat(ex.offset()).isEqualTo(offset));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":\"https://e.com\"", "{\"a\":\"say \"hi to http://e.com\"}", "[{}/1]", "/", "[/" })
	void takesNothingElseForAComment(String body) {
		assertThatExceptionOfType(MalformedBodyException.class).isThrownBy(() -> split(body))
			.withMessageNotContaining("comment");
	}

	@Test
	void theMessageQuotesNothingOfTheBody() {
		assertThatExceptionOfType(MalformedBodyException.class).isThrownBy(() -> split("[{\"phone\":\"380\"} secret]"))
			.withMessageNotContainingAny("380", "secret", "phone");
	}

	@Test
	void aMegabyteOfBracketsIsNoTrouble() {
		assertThatExceptionOfType(MalformedBodyException.class)
			.isThrownBy(() -> quickly("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)));
		assertThatExceptionOfType(MalformedBodyException.class)
			.isThrownBy(() -> quickly("{\"".repeat(500_000).getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void splitsHundredsOfThousandsOfTinyElements() throws Exception {
		String body = "[" + "{},".repeat(299_999) + "{}]";
		assertThat(quickly(body.getBytes(StandardCharsets.UTF_8))).hasSize(300_000);
	}

	@Test
	void looksAtNothingBehindTheLastElementThatIsAllowed() throws Exception {
		byte[] body = "[{}, {} ,broken".getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(TooManyElementsException.class).isThrownBy(() -> Elements.split(body, 2))
			.withMessage("There are more than 2 elements, the next at byte 9");
		assertThat(Elements.split("[{},{}]".getBytes(StandardCharsets.UTF_8), 2)).hasSize(2);
		assertThat(Elements.split("[]".getBytes(StandardCharsets.UTF_8), 1)).isEmpty();
		assertThat(Elements.split("{}".getBytes(StandardCharsets.UTF_8), 1)).hasSize(1);
	}

	@Test
	void splitsWhatIsNestedAHundredThousandDeep() throws Exception {
		String deep = "[".repeat(100_000) + "]".repeat(100_000);
		assertThat(quickly(("[" + deep + ",{}]").getBytes(StandardCharsets.UTF_8))).hasSize(2);
	}

	@Test
	void splittingUndoesJoining() throws Exception {
		Random random = new Random(20260101);
		for (int round = 0; round < 2_000; round++) {
			List<String> elements = new ArrayList<>();
			for (int i = random.nextInt(6); i > 0; i--) {
				elements.add(value(random, 4));
			}
			assertThat(split(join(random, elements))).as("round %d", round).isEqualTo(elements);
		}
	}

	@Test
	void noBytesAtAllThrowAnythingElse() {
		Random random = new Random(20260102);
		byte[] alphabet = "[]{}\",:\\ \n1a\u0456".getBytes(StandardCharsets.UTF_8);
		for (int round = 0; round < 10_000; round++) {
			byte[] body = new byte[random.nextInt(12)];
			for (int i = 0; i < body.length; i++) {
				body[i] = alphabet[random.nextInt(alphabet.length)];
			}
			splitOrRefuse(body);
		}
	}

	private static void splitOrRefuse(byte[] body) {
		try {
			assertThat(Elements.split(body)).allSatisfy((element) -> assertThat(element).isNotEmpty());
		}
		catch (MalformedBodyException ex) {
			assertThat(ex.offset()).isBetween(0, body.length);
		}
	}

	private static String join(Random random, List<String> elements) {
		StringBuilder body = new StringBuilder(space(random) + "[" + space(random));
		for (int i = 0; i < elements.size(); i++) {
			body.append((i > 0) ? "," : "").append(space(random)).append(elements.get(i)).append(space(random));
		}
		return body.append("]").append(space(random)).toString();
	}

	private static String space(Random random) {
		return " \n\t\r".repeat(2).substring(0, random.nextInt(4));
	}

	private static String value(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 5 : 3)) {
			case 0 -> string(random);
			case 1 -> String.valueOf(random.nextInt());
			case 2 -> List.of("true", "null", "1.5e-3").get(random.nextInt(3));
			case 3 -> "[" + value(random, depth - 1) + space(random) + "," + value(random, depth - 1) + "]";
			default -> "{" + string(random) + ":" + space(random) + value(random, depth - 1) + "}";
		};
	}

	private static String string(Random random) {
		List<String> parts = List.of("a", "\\\"", "\\\\", "[", "]", "{", "}", ",", ":", " ", "\u0456", "\uD83D\uDE00",
				"\\u005d");
		StringBuilder text = new StringBuilder("\"");
		for (int i = random.nextInt(8); i > 0; i--) {
			text.append(parts.get(random.nextInt(parts.size())));
		}
		return text.append('"').toString();
	}

	private static List<byte[]> quickly(byte[] body) throws MalformedBodyException {
		long start = System.nanoTime();
		try {
			return Elements.split(body);
		}
		finally {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		}
	}

	private static List<String> split(String body) throws MalformedBodyException {
		return Elements.split(body.getBytes(StandardCharsets.UTF_8))
			.stream()
			.map((element) -> new String(element, StandardCharsets.UTF_8))
			.toList();
	}

}
