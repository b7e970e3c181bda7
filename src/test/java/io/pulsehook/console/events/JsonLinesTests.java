package io.pulsehook.console.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

class JsonLinesTests {

	private static final Instant RECEIVED = Instant.parse("2026-01-31T12:00:00Z");

	@Test
	void haveTheTimeOfArrivalOfWhatWaited() {
		Instant arrived = RECEIVED.minusSeconds(90);
		assertThat(line(arrived).get("arrivedAt").stringValue()).isEqualTo("2026-01-31T11:58:30Z");
		assertThat(line(arrived).get("receivedAt").stringValue()).isEqualTo("2026-01-31T12:00:00Z");
		assertThat(line(null).has("arrivedAt")).isFalse();
	}

	private static JsonNode line(@Nullable Instant arrivedAt) {
		StoredEvent event = new StoredEvent(7, "default", EventKind.CHATBOT, "OpenChat", "open_chat", "telegram", "b",
				"c", EventStatus.DONE, RECEIVED, RECEIVED, arrivedAt, 0, null);
		return JsonMapper.shared().readTree(new JsonLines().line(event, "{}".getBytes(StandardCharsets.UTF_8)));
	}

}
