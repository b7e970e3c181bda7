package io.pulsehook.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the metadata that the build generates, from which an editor describes the
 * properties.
 */
class PropertyDescriptionTests {

	private static final Set<String> LIMITS = Set.of("pulsehook.max-body-size", "pulsehook.max-elements",
			"pulsehook.read-timeout", "pulsehook.ack-timeout", "pulsehook.dedup-window", "pulsehook.shutdown-grace",
			"pulsehook.lease", "pulsehook.defaults.timeout", "pulsehook.defaults.concurrency",
			"pulsehook.defaults.max-retries", "pulsehook.defaults.max-delay", "pulsehook.defaults.breaker",
			"pulsehook.defaults.quiet", "pulsehook.defaults.max-wait", "pulsehook.defaults.max-events");

	@Test
	void everyPropertyIsDescribed() throws IOException {
		assertThat(properties()).isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString("")).as(name(property))
				.isNotBlank()
				.endsWith("."));
	}

	@Test
	void everyLimitIsAPropertyWithADefault() throws IOException {
		List<String> names = properties().stream()
			.filter((property) -> property.has("defaultValue"))
			.map(PropertyDescriptionTests::name)
			.toList();
		assertThat(names).containsAll(LIMITS);
	}

	private static String name(JsonNode property) {
		return property.path("name").asString();
	}

	// Test classes that bind properties bring a metadata file of their own, which may be
	// the first one on the class path.
	private static List<JsonNode> properties() throws IOException {
		List<JsonNode> properties = new ArrayList<>();
		for (Resource metadata : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:META-INF/spring-configuration-metadata.json")) {
			try (InputStream in = metadata.getInputStream()) {
				new JsonMapper().readTree(in)
					.path("properties")
					.valueStream()
					.filter((property) -> name(property).startsWith("pulsehook."))
					.forEach(properties::add);
			}
		}
		return properties;
	}

}
