package io.pulsehook;

import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.pulsehook.dispatch.handler.HandlerSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what a user copies from the README and the pages behind it works.
 */
class ReadmeTests {

	private static final Pattern SNIPPET = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern CLASS = Pattern.compile("^(?:public )?class (\\w+)", Pattern.MULTILINE);

	private static final Pattern PROPERTY = Pattern.compile("^\\| `pulsehook\\.([a-z-]+)[.`]", Pattern.MULTILINE);

	private static final Pattern METADATA = Pattern
		.compile("\"name\": \"(pulsehook\\.[a-z.-]+)\",\\s+\"type\": \"[^\"]+\",\\s+\"description\"");

	private static final Pattern CSRF = Pattern.compile("`(http\\.csrf[^`]+)`");

	private static final int MOST_WORDS = 1500;

	@TempDir
	private Path classes;

	@Test
	void theSnippetsCompileAndTheirTestsPass() throws Exception {
		List<Source> sources = snippets("README.md").map(Source::new).toList();
		assertThat(sources).hasSizeGreaterThanOrEqualTo(2);
		compile(sources);
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.classes.toUri().toURL() })) {
			assertThat(run(loader.loadClass("com.example.CourseHandlersTests"))).isEqualTo(1);
		}
	}

	@Test
	void theSnippetsOfThePageOnDevelopmentCompileAndItsUnitTestPasses() throws Exception {
		List<Source> shown = snippets("docs/development.md").map(Source::new).toList();
		assertThat(shown).hasSizeGreaterThanOrEqualTo(3);
		compile(Stream.concat(snippets("README.md").map(Source::new), shown.stream()).toList());
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.classes.toUri().toURL() })) {
			assertThat(run(loader.loadClass("com.example.RefundTests"))).isEqualTo(1);
		}
	}

	@Test
	void theSnippetsOfThePageOnHandlersCompile() throws Exception {
		List<Source> sources = snippets("docs/handlers.md").map(Source::new).toList();
		assertThat(sources).hasSizeGreaterThanOrEqualTo(5);
		compile(sources);
	}

	@Test
	void thePageOnHandlersHasEverySettingWithItsDefault() throws Exception {
		String page = Files.readString(Path.of("docs/handlers.md"));
		assertThat(HandlerSettings.class.getConstructors()[0].getParameters()).allSatisfy((setting) -> {
			DefaultValue value = setting.getAnnotation(DefaultValue.class);
			String cell = (value != null && value.value().length > 0) ? "`" + value.value()[0] + "` |" : "";
			assertThat(page).contains("| `" + DataObjectPropertyName.toDashedForm(setting.getName()) + "` | " + cell);
		});
	}

	@Test
	void theTableNamesPropertiesThatExist() throws Exception {
		String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
		List<String> names = PROPERTY.matcher(readme()).results().map((match) -> match.group(1)).toList();
		assertThat(names).isNotEmpty().allSatisfy((name) -> assertThat(metadata).contains("\"pulsehook." + name));
	}

	@Test
	void thePageOnConfigurationHasEveryProperty() throws Exception {
		String page = Files.readString(Path.of("docs/configuration.md"));
		String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
		List<String> names = METADATA.matcher(metadata).results().map((match) -> match.group(1)).toList();
		assertThat(names).hasSizeGreaterThan(30)
			.allSatisfy((name) -> assertThat(page).contains(name.replaceFirst("^pulsehook\\.defaults", "…")
				.replaceFirst("^(pulsehook\\.(alerts|sources|handlers|sendpulse)\\.?).*", "$1")));
	}

	@Test
	void theControllerOfOnesOwnIsTheOneThatIsTested() throws Exception {
		String tested = Files.readString(Path.of("src/it/host-open/src/main/java/io/example/open/OwnWebhooks.java"));
		Matcher shown = SNIPPET.matcher(Files.readString(Path.of("docs/receiving.md")));
		assertThat(shown.find()).isTrue();
		assertThat(tested).endsWith(shown.group(1));
	}

	@Test
	void theLineForProgramsWithoutATokenCompiles() throws Exception {
		Matcher line = CSRF.matcher(readme());
		assertThat(line.find()).isTrue();
		compile(List.of(new Source(
				"""
						package com.example;

						class HostRules {

							void open(org.springframework.security.config.annotation.web.builders.HttpSecurity http) throws Exception {
								%s;
							}

						}
						"""
					.formatted(line.group(1)))));
	}

	@Test
	void theConsoleNeedsTheVersionsThatTheServiceHas() throws Exception {
		String pom = Files.readString(Path.of("pom.xml"));
		String pico = pom.replaceFirst("(?s).*<pico\\.version>([^<]+)<.*", "$1");
		String charts = pom.replaceFirst("(?s).*<chartjs\\.version>([^<]+)<.*", "$1");
		assertThat(readme()).contains("`org.webjars.npm:picocss__pico:" + pico + "`",
				"`org.webjars.npm:chart.js:" + charts + "`");
	}

	@Test
	void theWayFromAnEmptyDirectoryCompiles() throws Exception {
		String page = Files.readString(Path.of("docs/development.md"));
		String way = page.substring(page.indexOf("## From an empty directory")).split("\\n## ")[0].indent(-3);
		List<Source> sources = SNIPPET.matcher(way).results().map((match) -> new Source(match.group(1))).toList();
		assertThat(sources).hasSize(2);
		compile(sources);
	}

	@Test
	void isShortEnoughToBeRead() throws Exception {
		assertThat(readme().split("\\s+")).hasSizeLessThanOrEqualTo(MOST_WORDS);
	}

	private static String readme() throws Exception {
		return Files.readString(Path.of("README.md"));
	}

	private static Stream<String> snippets(String file) throws Exception {
		return SNIPPET.matcher(Files.readString(Path.of(file))).results().map((match) -> match.group(1));
	}

	private void compile(List<Source> sources) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> options = List.of("--release", "17", "-proc:none", "-classpath", classPath, "-d",
				this.classes.toString());
		assertThat(compiler.getTask(messages, null, null, options, null, sources).call()).as(messages.toString())
			.isTrue();
	}

	private static int run(Class<?> tests) throws Exception {
		List<Method> run = new ArrayList<>();
		Constructor<?> constructor = tests.getDeclaredConstructor();
		constructor.setAccessible(true);
		for (Method method : tests.getDeclaredMethods()) {
			if (method.isAnnotationPresent(Test.class)) {
				method.setAccessible(true);
				method.invoke(constructor.newInstance());
				run.add(method);
			}
		}
		return run.size();
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String code;

		private Source(String code) {
			super(URI.create("string:///com/example/" + name(code) + ".java"), JavaFileObject.Kind.SOURCE);
			this.code = code;
		}

		private static String name(String code) {
			Matcher matcher = CLASS.matcher(code);
			assertThat(matcher.find()).as(code).isTrue();
			return matcher.group(1);
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.code;
		}

	}

}
