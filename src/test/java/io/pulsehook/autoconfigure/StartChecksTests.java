package io.pulsehook.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

import io.pulsehook.autoconfigure.destination.RecordingFactory;
import io.pulsehook.console.ConsoleConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the log says at start about properties that are misspelt or missing.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartChecksTests {

	private static final String NOTHING_READS = "nothing reads it";

	private static final String SECRET = "a-value-that-nobody-may-see";

	private final WebApplicationContextRunner runner;

	StartChecksTests(@TempDir Path directory) {
		this.runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PulsehookAutoConfiguration.class, WebMvcAutoConfiguration.class,
					ConsoleAutoConfiguration.class, AlertsAutoConfiguration.class, StartChecksAutoConfiguration.class))
			.withPropertyValues("pulsehook.data-dir=" + directory)
			// The build sets system properties of its own, which the checks would report.
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME));
	}

	@Test
	void aMisspeltPropertyIsNamedWithTheNearest(CapturedOutput output) {
		Map<String, String> meant = Map.of("pulsehook.data-dri", "pulsehook.data-dir", "pulsehook.tokn",
				"pulsehook.token", "pulsehook.maxBodySzie", "pulsehook.max-body-size", "pulsehook.default.timeout",
				"pulsehook.defaults.timeout", "pulsehook.console.enable", "pulsehook.console.enabled",
				"pulsehook.source.shop.tokens[0]", "pulsehook.sources.shop.tokens",
				"pulsehook.handlers.grant-access.tiemout", "pulsehook.handlers.grant-access.timeout",
				"pulsehook.handler.grant-access.timeout", "pulsehook.handlers.grant-access.timeout",
				"pulsehook.defaults.raet", "pulsehook.defaults.rate", "pulsehook.alerts.chatt-id",
				"pulsehook.alerts.chat-id");
		assertNamed(this.runner, meant, output);
	}

	@Test
	void aMisspeltPropertyOfADestinationIsNamedAsWell(CapturedOutput output) {
		Map<String, String> meant = Map.of("pulsehook.destinations.crm.secert", "pulsehook.destinations.crm.secret",
				"pulsehook.destinations.crm.tpyes", "pulsehook.destinations.crm.types",
				"pulsehook.destinations.crm.max-retry", "pulsehook.destinations.crm.max-retries",
				"pulsehook.destinations.crm.kafka.topik", "pulsehook.destinations.crm.kafka.topic");
		assertNamed(this.runner.withBean(RecordingFactory.class)
			.withPropertyValues("pulsehook.destinations.crm.url=https://crm.example/"), meant, output);
	}

	private static void assertNamed(WebApplicationContextRunner runner, Map<String, String> meant,
			CapturedOutput output) {
		runner.withPropertyValues(meant.keySet().stream().map((name) -> name + "=" + SECRET).toArray(String[]::new))
			.run((context) -> assertThat(context).hasNotFailed());
		meant.forEach((name, nearest) -> assertThat(output.toString().lines())
			.filteredOn((line) -> line.contains("(\"" + name + "\" from property source \"test\")"))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains("WARN", NOTHING_READS, "Did you mean '" + nearest + "'?"));
		assertThat(output).doesNotContain(SECRET);
	}

	@Test
	void isSilentAboutWhatDestinationsRead(CapturedOutput output) {
		this.runner.withBean(RecordingFactory.class)
			.withPropertyValues("pulsehook.destinations.Crm-Main.url=https://crm.example/",
					"pulsehook.destinations.Crm-Main.secret[0]=whsec_one",
					"pulsehook.destinations.Crm-Main.headers.X-Shop=1", "pulsehook.destinations.Crm-Main.types=Event",
					"pulsehook.destinations.Crm-Main.filter.sent-by=operator",
					"pulsehook.destinations.Crm-Main.max-retries=2", "pulsehook.destinations.ops.text=Paid",
					"pulsehook.destinations.ops.telegram.token=1:a", "pulsehook.destinations.ops.telegram.chat=-100")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("PULSEHOOK_DESTINATIONS_LAKE_KAFKA_TOPIC", "events",
								"PULSEHOOK_DESTINATIONS_CRMMAIN_HEADERS_X_API_KEY", "1",
								"PULSEHOOK_DESTINATIONS_LAKE_MAX_RETRIES", "3"))))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(NOTHING_READS);
	}

	@Test
	void anEnvironmentVariableIsAPropertyAsWell(CapturedOutput output) {
		Map<String, String> meant = Map.of("PULSEHOOK_DATADRI", "pulsehook.data-dir", "PULSEHOOK_MAX_BODY_SZIE",
				"pulsehook.max-body-size", "PULSEHOOK_SOURCES_SHOP_TOKEN", "pulsehook.sources.shop.tokens",
				"PULSEHOOK_HANDLERS_GRANTACCESS_TIEMOUT", "pulsehook.handlers.grantaccess.timeout");
		withEnvironment(meant.keySet()).run((context) -> assertThat(context).hasNotFailed());
		meant.forEach((variable, nearest) -> assertThat(output.toString().lines())
			.filteredOn((line) -> line.contains("\"" + variable + "\""))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains("WARN", NOTHING_READS, "Did you mean '" + nearest + "'?"));
		assertThat(output).doesNotContain(SECRET);
	}

	@Test
	void whatResemblesNothingIsNamedAlone(CapturedOutput output) {
		this.runner.withPropertyValues("pulsehook.colour=blue").run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("pulsehook.colour").contains(NOTHING_READS).doesNotContain("Did you mean");
	}

	@Test
	void isSilentAboutWhatIsRead(CapturedOutput output) {
		this.runner.withUserConfiguration(PluginConfiguration.class)
			.withPropertyValues("pulsehook.max_body_size=1MB", "pulsehook.readTimeout=9s", "pulsehook.ack-timeout=9s",
					"pulsehook.allowed-addresses[0]=127.0.0.1", "pulsehook.defaults.includes=java.io.IOException",
					"pulsehook.sources.shop.tokens[0]=a-token-for-the-tests-of-the-start",
					"pulsehook.sources[My Shop].tokens=another-token-for-these-tests",
					"pulsehook.handlers.grantAccess.max-retries=2", "pulsehook.defaults.rate=5/s",
					"pulsehook.handlers.grantAccess.rate=5/s", "pulsehook.handlers.grantAccess.filter.title=Paid*",
					"pulsehook.defaults.filter.service[0]=telegram", "pulsehook.handlers.grantAccess.max-wait=1m",
					"pulsehook.alerts.digest=2h", "pulsehook.plugin.anything.at.all=1", "pulsehooks.token=1")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(NOTHING_READS);
	}

	@Test
	void makesNoLazyBeanToLearnWhatItReads(CapturedOutput output) {
		this.runner.withUserConfiguration(LazyConfiguration.class)
			.withPropertyValues("pulsehook.lazy.anything=1")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanFactory().containsSingleton("lazyProperties")).isFalse();
			});
		assertThat(output).doesNotContain(NOTHING_READS);
	}

	@Test
	void isSilentAboutVariablesThatAreReadOrSetByOthers(CapturedOutput output) {
		withEnvironment(Set.of("PULSEHOOK_ALERTS_EVENTLINK", "PULSEHOOK_ALERTS_EVENT_LINK", "PULSEHOOK_ALERTS_CHAT_ID",
				"PULSEHOOK_HANDLERS_GRANTACCESS_INCLUDES_0", "PULSEHOOK_USER", "PULSEHOOK_PASSWORD",
				"PULSEHOOK_SERVICE_HOST", "PULSEHOOK_SERVICE_PORT", "PULSEHOOK_SERVICE_PORT_HTTP", "PULSEHOOK_PORT",
				"PULSEHOOK_PORT_8080_TCP", "PULSEHOOK_PORT_8080_TCP_ADDR", "PULSEHOOK_DB_SERVICE_HOST",
				"PULSEHOOK_DB_PORT_5432_TCP_PROTO"))
			.withPropertyValues("pulsehook.handlers.grantaccess.includes=java.io.IOException")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(NOTHING_READS);
	}

	@Test
	void saysThatATokenIsValidBesideThoseOfTheSources(CapturedOutput output) {
		this.runner
			.withPropertyValues("pulsehook.token=a-token-for-the-tests-of-the-start",
					"pulsehook.sources.shop.tokens=another-token-for-these-tests")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("Both pulsehook.token and pulsehook.sources are set")
			.contains("[shop]")
			.doesNotContain("a-token-for-the-tests-of-the-start")
			.doesNotContain("another-token-for-these-tests");
	}

	@Test
	void isSilentAboutOneKindOfTokens(CapturedOutput output) {
		this.runner.withPropertyValues("pulsehook.sources.shop.tokens=another-token-for-these-tests")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("Both pulsehook.token");
	}

	@ParameterizedTest
	@ValueSource(strings = { ConsoleDependency.THYMELEAF, ConsoleDependency.PICO, ConsoleDependency.CHARTS })
	void saysWhatTheConsoleNeeds(String resource, CapturedOutput output) {
		ConsoleDependency missing = ConsoleDependency.ALL.stream()
			.filter((dependency) -> dependency.resource().equals(resource))
			.findFirst()
			.orElseThrow();
		withoutConsoleDependency(missing).withPropertyValues("pulsehook.console.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("there is no console, because it needs " + missing.artifactId() + ".")
			.contains(missing.xml());
	}

	@Test
	void hasNoConsoleWithoutAWebJar() {
		withoutConsoleDependency(ConsoleDependency.ALL.get(1)).withPropertyValues("pulsehook.console.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsoleConfiguration.class));
	}

	@Test
	void isSilentWhereNobodyWantsAConsole(CapturedOutput output) {
		withoutConsoleDependency(ConsoleDependency.ALL.get(1)).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("no console");
	}

	@Test
	void namesTheVersionsThatTheServiceHas() throws Exception {
		String pom = Files.readString(Path.of("pom.xml"));
		assertThat(Stream.of("pico", "chartjs")
			.map((name) -> pom.replaceFirst("(?s).*<" + name + "\\.version>([^<]+)<.*", "$1")))
			.containsExactly(ConsoleDependency.ALL.get(1).version(), ConsoleDependency.ALL.get(2).version());
	}

	private WebApplicationContextRunner withEnvironment(Set<String> variables) {
		Map<String, Object> environment = new HashMap<>();
		variables.forEach((variable) -> environment.put(variable, SECRET));
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)));
	}

	private WebApplicationContextRunner withoutConsoleDependency(ConsoleDependency missing) {
		return this.runner.withClassLoader(new FilteredClassLoader(new ClassPathResource(missing.resource())));
	}

	@Configuration(proxyBeanMethods = false)
	static class LazyConfiguration {

		@Bean
		@Lazy
		@ConfigurationProperties("pulsehook.lazy")
		Object lazyProperties() {
			return new Object();
		}

	}

	@ConfigurationProperties("pulsehook.plugin")
	static class PluginProperties {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(PluginProperties.class)
	static class PluginConfiguration {

	}

}
