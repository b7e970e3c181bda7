package io.pulsehook.destination;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.UnrecognizedEvent;

/**
 * The object that other systems get for an event: what it is, the record that a handler
 * would receive, and the JSON as SendPulse sent it. {@code docs/event.schema.json}
 * describes it. It depends on the event alone, so that each attempt sends the same bytes.
 */
public final class EventPayload {

	// An event nests half as deep at most, and the payload a few levels deeper.
	private static final int MAX_DEPTH = 1_000;

	private static final EventReader READER = new EventReader();

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.build())
		.build();

	private EventPayload() {
	}

	/**
	 * Writes the payload. The JSON of SendPulse is in it letter by letter, so that no
	 * number loses a digit, unless a letter of it is broken.
	 * @param event the event
	 * @return a JSON object in UTF-8
	 */
	public static byte[] of(OutgoingEvent event) {
		ObjectNode payload = withoutRaw(event);
		JsonNode raw = READER.readRaw(event.body());
		if (raw.isString() || hasBrokenLetters(raw)) {
			payload.set("raw", raw);
			return MAPPER.writeValueAsString(payload).getBytes(StandardCharsets.UTF_8);
		}
		payload.putRawValue("raw", new RawValue(new String(event.body(), StandardCharsets.UTF_8)));
		return MAPPER.writeValueAsBytes(payload);
	}

	/**
	 * Returns the same payload as a tree, for looking up what is in it.
	 * @param event the event
	 * @return a JSON object
	 */
	public static JsonNode tree(OutgoingEvent event) {
		return withoutRaw(event).set("raw", READER.readRaw(event.body()));
	}

	private static ObjectNode withoutRaw(OutgoingEvent outgoing) {
		Event event = outgoing.event();
		Instant receivedAt = outgoing.delivery().receivedAt().truncatedTo(ChronoUnit.MILLIS);
		Instant arrivedAt = outgoing.delivery().arrivedAt().truncatedTo(ChronoUnit.MILLIS);
		Instant occurredAt = (event.occurredAt() != null) ? event.occurredAt() : arrivedAt;
		ObjectNode payload = MAPPER.createObjectNode()
			.put("id", Long.toString(outgoing.id()))
			.put("type", outgoing.type())
			.put("source", outgoing.delivery().source())
			.put("receivedAt", receivedAt.toString());
		if (!arrivedAt.equals(receivedAt)) {
			payload.put("arrivedAt", arrivedAt.toString());
		}
		return payload.put("occurredAt", occurredAt.truncatedTo(ChronoUnit.MILLIS).toString())
			.set("data", (event instanceof UnrecognizedEvent) ? null : READER.toJson(event))
			.set("message", READER.messageToJson(event));
	}

	// An escape such as 'backslash ud83d' is half a letter. SendPulse's JSON may have one
	// without its other half, and many languages refuse to read that.
	private static boolean hasBrokenLetters(JsonNode json) {
		return !StandardCharsets.UTF_8.newEncoder().canEncode(json.toString());
	}

}
