package io.pulsehook.destination;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Delivery;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.Elements;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.Mutations;
import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/event.schema.json} describes all that destinations get, and
 * nothing else.
 */
class EventSchemaTests {

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(600).build())
			.build())
		.build();

	private static final EventReader READER = new EventReader();

	private static final JsonNode DOCUMENT = MAPPER.readTree(Path.of("docs/event.schema.json"));

	private static final Schema SCHEMA = SchemaRegistry
		.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
				(registry) -> registry
					.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()))
		.getSchema(DOCUMENT);

	static Stream<String> builders() {
		return Stream.of(TestEvents.incomingMessage().json(), TestEvents.outgoingMessage().json(),
				TestEvents.newSubscriber().json(), TestEvents.openChat().json(), TestEvents.customFlowRun().json(),
				TestEvents.linkClick().json(), TestEvents.unsubscribe().json(), TestEvents.botBlock().json(),
				TestEvents.failedDelivery().json(), TestEvents.flowWebhook().json(), TestEvents.payment().json(),
				TestEvents.unrecognized().json());
	}

	static Stream<String> payloads() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/test/resources/payloads"))) {
			return files.map(EventSchemaTests::read).toList().stream();
		}
	}

	@ParameterizedTest
	@MethodSource({ "builders", "payloads", "io.pulsehook.event.Mutations#samples" })
	void describesWhatBecomesOfEachBody(String body) throws Exception {
		for (byte[] element : Elements.split(body.getBytes(StandardCharsets.UTF_8))) {
			assertThat(errors(payload(element))).isEmpty();
		}
	}

	@Test
	void describesWhatBecomesOfSomeBrokenBodies() {
		Mutations.samples().forEach((sample) -> describesMutations(sample, 23));
	}

	@Tag("thorough")
	@ParameterizedTest
	@MethodSource("io.pulsehook.event.Mutations#samples")
	void describesWhatBecomesOfEachBrokenBody(String sample) {
		describesMutations(sample, 1);
	}

	@Test
	void describesEachTypeOfEvent() {
		Set<String> described = new TreeSet<>();
		DOCUMENT.at("/properties/type/enum").forEach((type) -> described.add(type.stringValue()));

		assertThat(described).containsExactlyInAnyOrderElementsOf(types(Event.class).toList());
	}

	@ParameterizedTest
	@MethodSource("builders")
	void knowsEveryFieldAndNoOther(String body) {
		ObjectNode payload = payload(body.getBytes(StandardCharsets.UTF_8));
		List.of("", "/data", "/message", "/data/bot", "/data/contact").forEach((place) -> {
			if (payload.at(place) instanceof ObjectNode object) {
				assertThat(errors(changed(payload, place, "surprise", true))).as(place).isNotEmpty();
				object.propertyNames()
					.forEach((name) -> assertThat(errors(changed(payload, place, name, false))).as(place + "/" + name)
						.isNotEmpty());
			}
		});
	}

	private static ObjectNode changed(ObjectNode payload, String place, String name, boolean added) {
		ObjectNode copy = payload.deepCopy();
		ObjectNode object = (ObjectNode) copy.at(place);
		if (added) {
			object.put(name, 1);
		}
		else {
			object.remove(name);
		}
		return copy;
	}

	private static void describesMutations(String sample, int every) {
		JsonNode root = MAPPER.readTree(sample);
		List<JsonNode> mutations = Mutations.of(root.isArray() ? root.get(0) : root).toList();
		IntStream.range(0, mutations.size() / every).mapToObj((i) -> mutations.get(i * every)).forEach((mutation) -> {
			byte[] body = mutation.toString().getBytes(StandardCharsets.UTF_8);
			assertThat(errors(payload(body))).as(() -> mutation.toString()).isEmpty();
		});
	}

	private static Stream<String> types(Class<?> type) {
		return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(EventSchemaTests::types)
				: Stream.of(type.getSimpleName());
	}

	private static List<Error> errors(JsonNode payload) {
		return SCHEMA.validate(payload);
	}

	private static ObjectNode payload(byte[] body) {
		Event event = READER.read(body);
		return (ObjectNode) MAPPER.readTree(EventPayload
			.of(new OutgoingEvent(42, event.getClass().getSimpleName(), event, body, Delivery.builder("crm").build())));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
