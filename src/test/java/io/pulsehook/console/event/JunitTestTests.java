package io.pulsehook.console.event;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.Events;
import io.pulsehook.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the test that the console writes.
 */
class JunitTestTests {

	private static final List<String> EVENTS = Stream
		.of(Samples.INCOMING_MESSAGE, Samples.PAYMENT_ORDER, Samples.NEW_SUBSCRIBER, Samples.OUTGOING_MESSAGE)
		.map(Samples::element)
		.toList();

	@Test
	void compilesWithTheTestKit(@TempDir Path directory) {
		String hostile = "{\"title\":\"a \\\"\\\"\\\" \\\\u0022 \\n %s\",\"contact\":{\"id\":\"\\u0000'\"}}";
		String large = IntStream.range(0, 5_000)
			.mapToObj((i) -> "\"key" + i + "\":\"value " + i + "\"")
			.collect(Collectors.joining(",", "{\"title\":\"open_chat\",\"x\":{", "}}"));
		List<JavaFileObject> sources = Stream.concat(EVENTS.stream(), Stream.of(hostile, large))
			.map(FoundEvents::of)
			.map((found) -> JunitTest.of(found).orElseThrow())
			.map(JunitTestTests::source)
			.toList();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		for (JavaFileObject source : sources) {
			assertThat(compiler
				.getTask(null, null, null, List.of("-proc:none", "-d", directory.toString(), "-classpath",
						System.getProperty("java.class.path")), null, List.of(source))
				.call()).isTrue();
		}
	}

	private static JavaFileObject source(String code) {
		Matcher name = Pattern.compile("class (\\w+) ").matcher(code);
		assertThat(name.find()).isTrue();
		return new SimpleJavaFileObject(URI.create("string:///" + name.group(1) + ".java"),
				JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return code;
			}

		};
	}

	@Test
	void hasAnEventOfTheSameTypeWithoutPersonalData() {
		for (String event : EVENTS) {
			String replaced = replaced(event);
			assertThat(Events.read(replaced).get(0)).hasSameClassAs(Events.read(event).get(0));
			assertThat(replaced).doesNotContain("Alexander", "whats up", "1332678955", "60c0f31f457479d02b7512",
					"ABCDOAk1346346go", "380932674329", "veronica", "Veronica", "380985236985", "test@gmail.com",
					"custombot1@e.cn.ua", "6069664546956", "user@sendpulse.com", "7a505f4293dffcd7100f8f0004214892",
					"a3704313-8c0b-0000-b195-c6b84242f0e2", "Apple MercadoPago");
		}
	}

	@Test
	void keepsWhatHandlersChooseBy() {
		assertThat(replaced(EVENTS.get(0))).contains("\"service\" : \"whatsapp\"", "\"title\" : \"incoming_message\"",
				"\"id\" : \"60c1c50c156845831909cf74\"", "\"name\" : \"Revision_me\"", "\"date\" : 1625834714");
		assertThat(replaced(EVENTS.get(1))).contains("\"currency\" : \"BRL\"",
				"\"updatedAt\" : \"2022-02-11T14:47:14+00:00\"");
	}

	@Test
	void replacesEqualValuesByEqualOnesOfTheSameKind() {
		String replaced = replaced(
				"""
						{"title":"open_chat","contact":{"id":"abc12345","name":"Ada","phone":"+1 (202) 555-0123","n":2025550123,
						"mail":"ada@example.org","photo":"https://cdn.example.org/ada.jpg","again":"abc12345","born":"1990-05-01",
						"date":1700000000,"small":17,"cost":12.50,"yes":true,"none":null,"empty":""}}""");
		assertThat(replaced).contains("\"id\" : \"00000001\"", "\"again\" : \"00000001\"", "\"name\" : \"Person 2\"",
				"\"phone\" : \"+5 (555) 555-5553\"", "\"n\" : 5555555554", "person5@example.com",
				"https://example.com/6", "\"born\" : \"2001-02-03\"", "\"date\" : 1700000000", "\"small\" : 17",
				"\"cost\" : 12.50", "\"yes\" : true", "\"none\" : null", "\"empty\" : \"\"");
	}

	@Test
	void isNotWrittenForWhatIsNoJson() {
		assertThat(JunitTest.of(FoundEvents.of("not <json>"))).isEmpty();
	}

	private static String replaced(String event) {
		String test = JunitTest.of(FoundEvents.of(event)).orElseThrow();
		return test.substring(test.indexOf("\"\"\"") + 3, test.lastIndexOf("\"\"\"")).strip();
	}

}
