package io.pulsehook.autoconfigure.destination;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.pulsehook.destination.ConfiguredDestination;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.PayloadFormat;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.HandlerSettingsException;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.OutgoingMessage;
import io.pulsehook.event.PaymentOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests how properties are read as destinations, and what is said of those that cannot be
 * used.
 */
@ExtendWith(OutputCaptureExtension.class)
class DestinationPropertiesTests {

	private static final String SECRET = "hidden";

	private static final String URL = "url=https://crm.example/" + SECRET;

	@Test
	void aDestinationReceivesAllEventsUnlessItsTypesAreSet() {
		assertThat(create("crm." + URL).types()).hasSize(12);
	}

	@Test
	void typesAreNamesOfRecordsOfGroupsOrOfSendPulse() {
		assertThat(create("crm." + URL, "crm.types=PaymentOrder,MessageEvent").types())
			.containsExactly(PaymentOrder.class, IncomingMessage.class, OutgoingMessage.class);
		assertThat(create("crm." + URL, "crm.types=incoming_message").types()).containsExactly(IncomingMessage.class);
		assertThat(create("crm." + URL, "crm.types=ChatbotEvent").types()).hasSize(10)
			.allMatch(ChatbotEvent.class::isAssignableFrom);
		assertThat(create("crm." + URL, "crm.types=Event").types()).hasSize(12);
	}

	@Test
	void whatIsReadIsWhatIsConfigured() {
		DestinationProperties properties = read(environment("crm." + URL, "crm.secret=whsec_one,whsec_two",
				"crm.headers.Authorization=Bearer", "crm.headers.X-Shop=1", "crm.payload=raw", "crm.max-delay=2h"));
		assertThat(properties.settings().get("crm")).satisfies((settings) -> {
			assertThat(settings.secret()).containsExactly("whsec_one", "whsec_two");
			assertThat(settings.headers()).containsEntry("Authorization", "Bearer").containsEntry("X-Shop", "1");
			assertThat(settings.payload()).isEqualTo(PayloadFormat.RAW);
			assertThat(settings).asString().doesNotContain(SECRET, "whsec", "Bearer");
		});
		assertThat(properties.overrides("crm").maxDelay()).hasHours(2);
	}

	@Test
	void aNameLosesItsCaseAndDashes() {
		assertThat(read(environment("Crm-Main." + URL)).names()).containsExactly("crmmain");
	}

	@Test
	void theEnvironmentChangesADestinationOfAFile() {
		StandardEnvironment environment = environment("Crm-Main." + URL, "Crm-Main.rate=5/s",
				"Crm-Main.types=OpenChat");
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("PULSEHOOK_DESTINATIONS_CRMMAIN_URL", "https://other.example/",
							"PULSEHOOK_DESTINATIONS_CRMMAIN_HEADERS_X_API_KEY", "1",
							"PULSEHOOK_DESTINATIONS_CRMMAIN_MAX_RETRIES", "2")));
		DestinationProperties properties = read(environment);
		assertThat(properties.names()).containsExactly("crmmain");
		assertThat(properties.settings().get("crmmain")).satisfies((settings) -> {
			assertThat(settings.url()).hasHost("other.example");
			assertThat(settings.types()).containsExactly("OpenChat");
			assertThat(settings.headers()).containsExactly(Map.entry("x-api-key", "1"));
		});
		assertThat(properties.overrides("crmmain").maxRetries()).isEqualTo(2);
		assertThat(properties.overrides("crmmain").rate()).hasToString("5/s");
	}

	@Test
	void twoNamesThatAreOneEndTheStart() {
		assertThatFails("crm-main." + URL, "crmMain." + URL).withMessageContainingAll("'crm-main'", "'crmMain'",
				"both named 'crmmain'");
		assertThatFails("crm-main." + URL, "[crm_main]." + URL).withMessageContainingAll("'crm-main'", "'crm_main'");
	}

	@Test
	void aNameWithoutALetterEndsTheStart() {
		assertThatFails("[--]." + URL).withMessageContaining("'--' has no letter or digit");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					crm.rate=5/s                                       | none of url, telegram, slack and kafka
					crm.url=https://a.example;crm.kafka.topic=lake     | url and kafka of url, telegram, slack and kafka
					crm.telegram.token=hidden;crm.telegram.chat=1      | text is missing
					crm.slack.url=https://a.example/hidden;crm.text=   | text is missing
					crm.url=https://a.example/hidden;crm.text=Hello    | text is for telegram and slack
					crm.kafka.topic=lake;crm.secret=hidden             | secret signs what is posted to a url
					crm.kafka.topic=lake;crm.headers.a=hidden          | headers are sent to a url
					crm.slack.url=https://a.example;crm.text=a;crm.payload=raw | payload does nothing for slack
					crm.url=ftp://a.example/hidden                     | url must begin with https:// or http:// and a host
					crm.url=//a.example/hidden                         | url must begin with https:// or http:// and a host
					crm.url=https://my_shop/hidden                     | a host, whose name can have no underscore
					crm.url=https:hidden                               | url must begin with https:// or http:// and a host
					crm.url=https://[hidden                            | crm.url cannot be read as URI
					crm.slack.url=[hidden://;crm.text=a               | crm.slack.url cannot be read as URI
					crm=hidden                                         | destinations.crm cannot be read as DestinationSettings
					crm.url=${hidden-url}/hidden                       | destinations.crm.url refers to ${hidden-url}, which is not set
					crm.secret=                                        | none of url
					crm.url=https://a.example;crm.secret[0]=           | destinations.crm.secret must not be blank
					crm.telegram.chat=1;crm.text=a                     | destinations.crm.telegram.token must not be blank
					crm.kafka.topic=                                   | destinations.crm.kafka.topic is , but must not be blank
					crm.url=https://a.example;crm.payload=rawer        | crm.payload is 'rawer', which must be one of event, raw
					crm.url=https://a.example;crm.types=IncomingMesage | types has 'IncomingMesage', but no event is of such a type. Did you mean 'IncomingMessage'?
					crm.url=https://a.example;crm.max-retries=1001     | crm.max-retries is 1001, but must be less than or equal to 1000
					crm.url=https://a.example;crm.max-retries=many     | crm.max-retries is 'many', which cannot be read as
					crm.url=https://a.example;crm.timeout=0s           | crm.timeout is PT0S, but must be longer than
					crm.url=https://a.example;crm.rate=5 per second    | '5 per second' is no rate. Write it as 5/s
					crm.url=https://a.example;crm.ordering=none        |
					""")
	void whatCannotBeUsedEndsTheStart(String properties, String message) {
		String[] lines = properties.split(";");
		if (message == null) {
			assertThat(create(lines).name()).isEqualTo("crm");
			return;
		}
		assertThatFails(lines).withMessageContainingAll(message, "crm");
	}

	@ParameterizedTest
	@ValueSource(strings = { "crm.url=ftp://a.example/hidden", "crm.url=https://[hidden", "crm.url=${here}/hidden",
			"crm=hidden", "crm.slack.url=[hidden://", "crm.telegram.token=hidden;crm.telegram.url=[hidden://",
			"crm.secret=hidden;crm.url=http:hidden/", "crm.kafka.topic=a;crm.headers.a=hidden" })
	void noMessageHasAnythingSecret(String properties) {
		assertThatFails(properties.split(";")).satisfies((failure) -> {
			assertThat(failure).hasNoCause();
			assertThat(failure.toString()).doesNotContain(SECRET);
			assertThat(((HandlerSettingsException) failure).action()).doesNotContain(SECRET);
		});
	}

	@Test
	void aDestinationOfWhichNothingCanBeReadEndsTheStartToo() {
		assertThatFails("crm.urls=https://a.example/hidden").withMessageContaining("Destination 'crm'")
			.withMessageContaining("none of url, telegram, slack and kafka")
			.withMessageNotContaining(SECRET);
		StandardEnvironment environment = environment("team." + URL);
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("PULSEHOOK_DESTINATIONS_MY_CRM_URL", "https://a.example/hidden")));
		DestinationProperties read = read(environment);
		assertThat(read.names()).containsExactly("my", "team");
		DestinationAssembly assembly = new DestinationAssembly(read, List.of(new RecordingFactory()));
		assertThatExceptionOfType(HandlerSettingsException.class).isThrownBy(() -> assembly.create("my"))
			.withMessageContaining("an underscore ends the name");
	}

	@Test
	void whatAFactoryRefusesNamesTheDestination() {
		RecordingFactory factory = new RecordingFactory() {
			@Override
			public Destination create(String name, DestinationSettings settings, Duration timeout) {
				throw new IllegalArgumentException("secret must begin with whsec_.");
			}
		};
		DestinationAssembly assembly = new DestinationAssembly(read(environment("crm." + URL)), List.of(factory));
		assertThatExceptionOfType(HandlerSettingsException.class).isThrownBy(() -> assembly.create("crm"))
			.withMessage("Destination 'crm' cannot be used: secret must begin with whsec_.")
			.satisfies((failure) -> assertThat(failure.action()).isEqualTo("Correct pulsehook.destinations.crm.*."));
	}

	@Test
	void withoutKafkaTheDependencyToAddIsNamed() {
		DestinationAssembly assembly = new DestinationAssembly(read(environment("lake.kafka.topic=sendpulse")),
				List.of());
		assertThatExceptionOfType(HandlerSettingsException.class).isThrownBy(() -> assembly.create("lake"))
			.withMessageContaining("Destination 'lake'")
			.satisfies((failure) -> assertThat(failure.action())
				.contains("<artifactId>spring-boot-starter-kafka</artifactId>"));
	}

	@Test
	void saysOnceThatPostsAreNotSigned(CapturedOutput output) {
		create("crm." + URL);
		assertThat(output.toString().lines()).filteredOn((line) -> line.contains("has no secret"))
			.singleElement()
			.asString()
			.contains("INFO", "'crm'", "pulsehook.destinations.crm.secret")
			.doesNotContain(SECRET);
	}

	@Test
	void saysNothingOfTheSecretThatThereIs(CapturedOutput output) {
		create("crm." + URL, "crm.secret=whsec_one");
		create("lake.kafka.topic=sendpulse");
		assertThat(output).doesNotContain("has no secret");
	}

	@Test
	void thePageOnConfigurationHasEveryProperty() throws IOException {
		String page = Files.readString(Path.of("docs/configuration.md"));
		assertThat(names("", DestinationSettings.class)).hasSize(11)
			.allSatisfy((name) -> assertThat(page).contains("`" + name));
	}

	private static Stream<String> names(String prefix, Class<?> settings) {
		return Stream.of(settings.getRecordComponents())
			.flatMap((component) -> component.getType().isRecord()
					? names(component.getName() + ".", component.getType()) : Stream.of(prefix + component.getName()));
	}

	private static ConfiguredDestination create(String... properties) {
		DestinationProperties read = read(environment(properties));
		return new DestinationAssembly(read, List.of(new RecordingFactory())).create(read.names().first());
	}

	private static ThrowableAssertAlternative<HandlerSettingsException> assertThatFails(String... properties) {
		return assertThatExceptionOfType(HandlerSettingsException.class).isThrownBy(() -> create(properties));
	}

	private static DestinationProperties read(StandardEnvironment environment) {
		return new DestinationBinder(environment).read();
	}

	private static StandardEnvironment environment(String... properties) {
		Map<String, Object> map = new LinkedHashMap<>();
		Stream.of(properties)
			.map((property) -> property.split("=", 2))
			.forEach((parts) -> map.put("pulsehook.destinations." + parts[0], parts[1]));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", map));
		return environment;
	}

}
