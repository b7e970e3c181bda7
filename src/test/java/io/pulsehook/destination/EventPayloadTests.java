package io.pulsehook.destination;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.Delivery;
import io.pulsehook.Samples;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what other systems get for an event.
 */
class EventPayloadTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final EventReader READER = new EventReader();

	@Test
	void tellsWhatTheEventIsWhereItCameFromAndWhen() {
		JsonNode payload = payload(Samples.element(Samples.INCOMING_MESSAGE));

		assertThat(payload.propertyNames()).containsExactly("id", "type", "source", "receivedAt", "occurredAt", "data",
				"message", "raw");
		assertThat(payload.get("id").stringValue()).isEqualTo("42");
		assertThat(payload.get("type").stringValue()).isEqualTo("IncomingMessage");
		assertThat(payload.get("source").stringValue()).isEqualTo("shop");
		assertThat(payload.get("receivedAt").stringValue()).isEqualTo("2026-01-31T12:00:00.123Z");
	}

	@Test
	void hasTheRecordAndTheMessageAsTheApiShowsThem() {
		String json = Samples.element(Samples.INCOMING_MESSAGE);
		Event event = READER.read(json.getBytes(StandardCharsets.UTF_8));

		JsonNode payload = payload(json);

		assertThat(payload.get("data")).isEqualTo(MAPPER.readTree(READER.toJson(event).toString()));
		assertThat(payload.at("/data/contact/id").isString()).isTrue();
		assertThat(payload.get("message")).isEqualTo(MAPPER.readTree(String.valueOf(READER.messageToJson(event))));
		assertThat(payload.at("/message/text").isString()).isTrue();
	}

	@Test
	void tellsWhenAnEventArrivedThatWasKeptInTheSpool() {
		Instant arrived = Instant.parse("2026-01-31T11:58:00.456Z");
		Event event = READER.read("{\"title\":\"x\",\"contact\":{}}".getBytes(StandardCharsets.UTF_8));
		JsonNode payload = EventPayload
			.tree(new OutgoingEvent(42, "FlowWebhook", event, "{}".getBytes(StandardCharsets.UTF_8),
					Delivery.builder("crm").receivedAt(arrived.plusSeconds(90)).arrivedAt(arrived).build()));

		assertThat(payload.get("arrivedAt").stringValue()).isEqualTo("2026-01-31T11:58:00.456Z");
		assertThat(payload.get("receivedAt").stringValue()).isEqualTo("2026-01-31T11:59:30.456Z");
		assertThat(payload.get("occurredAt")).as("It has no time of its own").isEqualTo(payload.get("arrivedAt"));
	}

	@Test
	void hasTheOwnTimeOfTheEventOrElseThatOfItsReceipt() {
		assertThat(payload("{'title':'x','date':1769860801,'contact':{}}").get("occurredAt").stringValue())
			.isEqualTo("2026-01-31T12:00:01Z");
		assertThat(payload("{'title':'x','contact':{}}").get("occurredAt").stringValue())
			.isEqualTo("2026-01-31T12:00:00.123Z");
	}

	@Test
	void hasNoMessageUnlessTheEventIsOne() {
		assertThat(payload(Samples.element(Samples.PAYMENT_ORDER)).get("message").isNull()).isTrue();
		assertThat(payload(Samples.element(Samples.PAYMENT_ORDER)).at("/data/totalCost").isNumber()).isTrue();
	}

	@Test
	void hasTheJsonOfSendPulseLetterByLetter() {
		String json = "{\"title\" : \"x\", \"contact\":{}, \"price\":1.10, \"big\":12345678901234567890123, \"e\":1E2}";

		assertThat(text(json)).endsWith(",\"raw\":" + json + "}");
	}

	@Test
	void hasWhatIsNoJsonAsText() {
		JsonNode payload = payload("{\"title\":\"x\",}");

		assertThat(payload.get("type").stringValue()).isEqualTo("UnrecognizedEvent");
		assertThat(payload.get("data").isNull()).isTrue();
		assertThat(payload.get("message").isNull()).isTrue();
		assertThat(payload.get("raw").stringValue()).isEqualTo("{\"title\":\"x\",}");
	}

	@Test
	void replacesHalfALetterSoThatOtherLanguagesCanReadIt() {
		String json = "{\"title\":\"incoming_message\",\"contact\":{\"name\":\"a\\ud83d\"},\"price\":1.10}";

		assertThat(text(json))
			.endsWith(",\"raw\":{\"title\":\"incoming_message\",\"contact\":{\"name\":\"a?\"},\"price\":1.10}}")
			.contains("\"name\":\"a?\"");
	}

	@Test
	void replacesBytesThatAreNoUtf8() {
		byte[] body = "{\"title\":\"_\",\"contact\":{}}".getBytes(StandardCharsets.UTF_8);
		body[10] = (byte) 0xFF;

		JsonNode payload = MAPPER.readTree(EventPayload.of(outgoing(body)));

		assertThat(payload.at("/raw/title").stringValue()).isEqualTo("\ufffd");
	}

	@Test
	void writesWhatIsNestedAsDeeplyAsTheReceiverAllows() {
		String deep = "[".repeat(490) + "]".repeat(490);

		assertThat(text("{\"title\":\"x\",\"contact\":{\"variables\":{\"v\":" + deep + "}}}")).contains(deep);
		assertThat(payload("{\"title\":\"x\",\"v\":" + deep + deep + "}").get("raw").isString()).isTrue();
		assertThat(payload("{\"title\":\"x\",\"v\":" + "[".repeat(600) + "]".repeat(600) + "}").get("raw").isString())
			.isTrue();
	}

	@Test
	void isTheSameAsATree() {
		OutgoingEvent event = outgoing(Samples.element(Samples.PAYMENT_ORDER).getBytes(StandardCharsets.UTF_8));

		assertThat(MAPPER.readTree(EventPayload.tree(event).toString()))
			.isEqualTo(MAPPER.readTree(EventPayload.of(event)));
	}

	@Test
	void isNotSentWhereTheBytesAreAskedForAsTheyCame() {
		OutgoingEvent event = outgoing("{\"title\":".getBytes(StandardCharsets.UTF_8));

		assertThat(PayloadFormat.RAW.payload(event)).asString().isEqualTo("{\"title\":");
		assertThat(PayloadFormat.EVENT.payload(event)).isEqualTo(EventPayload.of(event));
	}

	private static JsonNode payload(String json) {
		return MAPPER.readTree(text(json));
	}

	private static String text(String json) {
		byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
		return new String(EventPayload.of(outgoing(body)), StandardCharsets.UTF_8);
	}

	private static OutgoingEvent outgoing(byte[] body) {
		Event event = READER.read(body);
		return new OutgoingEvent(42, event.getClass().getSimpleName(), event, body,
				Delivery.builder("crm").source("shop").receivedAt(Instant.parse("2026-01-31T12:00:00.123Z")).build());
	}

}
