package io.pulsehook.console.events;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.query.StoredEvent;

/**
 * Writes events as JSON objects, each with its body as a text.
 */
final class JsonLines implements EventLines {

	private static final JsonMapper json = JsonMapper.shared();

	@Override
	public String contentType() {
		return "application/x-ndjson";
	}

	@Override
	public byte[] head() {
		return new byte[0];
	}

	@Override
	public byte[] line(StoredEvent event, byte[] body) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("id", Long.toString(event.id()));
		line.put("source", event.source());
		line.put("kind", event.kind().code());
		line.put("type", event.type());
		line.put("title", Objects.requireNonNullElse(event.title(), ""));
		line.put("service", Objects.requireNonNullElse(event.service(), ""));
		line.put("status", event.status().code());
		line.put("occurredAt", event.occurredAt());
		line.put("receivedAt", event.receivedAt());
		if (event.arrivedAt() != null) {
			line.put("arrivedAt", event.arrivedAt());
		}
		line.put("duplicates", event.duplicates());
		line.put("raw", new String(body, StandardCharsets.UTF_8));
		return (json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
	}

}
