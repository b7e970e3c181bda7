package io.pulsehook.autoconfigure.destination;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.pulsehook.autoconfigure.HandlerOverrides;
import io.pulsehook.destination.DestinationSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what a user copies from the page on destinations is what was tested.
 */
class DestinationsPageTests {

	private static final Pattern CONFIGURATION = Pattern.compile("^```yaml\\n(.*?)^```\\n\\n```shell\\n(.*?)^```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern VARIABLE = Pattern.compile("^export (\\w+)=(?:'([^']*)'|(\\S*))$", Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

	static Stream<MatchResult> configurations() throws IOException {
		return CONFIGURATION.matcher(page()).results();
	}

	@ParameterizedTest
	@CsvSource({ "receiver.php,php", "receiver.mjs,javascript", "receiver.py,python", "n8n.js,javascript" })
	void showsEachReceiverAsItIs(String file, String language) throws IOException {
		assertThat(page())
			.contains("```" + language + "\n" + Files.readString(Path.of("docs/receivers", file)) + "```\n");
	}

	@ParameterizedTest
	@MethodSource("configurations")
	void theEnvironmentMeansWhatTheFileMeans(MatchResult configuration) throws IOException {
		StandardEnvironment file = environment(yaml(configuration.group(1)));
		StandardEnvironment variables = environment(variables(configuration.group(2)));

		assertThat(destinations(variables)).isEqualTo(destinations(file)).hasSize(1);
		assertThat(settings(variables)).isEqualTo(settings(file));
		assertThat(brokers(variables)).isEqualTo(brokers(file));
	}

	@Test
	void showsEachKindOfDestination() throws IOException {
		assertThat(configurations()).hasSize(4);
	}

	@Test
	void linksToPagesThatThereAre() throws IOException {
		assertThat(LINK.matcher(page()).results().map((link) -> Path.of("docs").resolve(link.group(1))))
			.hasSizeGreaterThan(5)
			.allSatisfy((file) -> assertThat(file).exists());
	}

	private static String page() throws IOException {
		return Files.readString(Path.of("docs/destinations.md"));
	}

	private static PropertySource<?> yaml(String text) throws IOException {
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("file",
				new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
		assertThat(sources).hasSize(1);
		return sources.get(0);
	}

	private static PropertySource<?> variables(String lines) {
		Map<String, Object> variables = new LinkedHashMap<>();
		VARIABLE.matcher(lines)
			.results()
			.forEach((line) -> variables.put(line.group(1), (line.group(2) != null) ? line.group(2) : line.group(3)));
		assertThat(variables).hasSameSizeAs(lines.lines().toList());
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				variables);
	}

	private static StandardEnvironment environment(PropertySource<?> source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.stream()
			.map(PropertySource::getName)
			.toList()
			.forEach(environment.getPropertySources()::remove);
		environment.getPropertySources().addLast(source);
		return environment;
	}

	private static Map<String, DestinationSettings> destinations(StandardEnvironment environment) {
		Map<String, DestinationSettings> destinations = Binder.get(environment)
			.bind("pulsehook.destinations", Bindable.mapOf(String.class, DestinationSettings.class))
			.get();
		destinations.replaceAll((name, settings) -> withHeadersInLowerCase(settings));
		return destinations;
	}

	private static Map<String, HandlerOverrides> settings(StandardEnvironment environment) {
		return Binder.get(environment)
			.bind("pulsehook.destinations", Bindable.mapOf(String.class, HandlerOverrides.class))
			.orElse(Map.of());
	}

	private static String brokers(StandardEnvironment environment) {
		return Objects
			.toString(Binder.get(environment).bind("spring.kafka.bootstrap-servers", String.class).orElse(null));
	}

	// Variables of the environment lose the case of names, which headers do not have.
	private static DestinationSettings withHeadersInLowerCase(DestinationSettings settings) {
		Map<String, String> headers = settings.headers()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
		return new DestinationSettings(settings.url(), settings.secret(), headers, settings.telegram(),
				settings.slack(), settings.kafka(), settings.types(), settings.payload(), settings.text());
	}

}
