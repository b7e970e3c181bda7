package io.pulsehook.alerts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * Alarms that are posted together. The inbox keeps them like an event until they have
 * been.
 *
 * @param at when it was put together
 * @param alarms what is wrong
 */
record Alert(Instant at, List<Alarm> alarms) {

	private static final JsonMapper JSON = new JsonMapper();

	static Alert read(String json) {
		return JSON.readValue(json, Alert.class);
	}

	byte[] toBytes() {
		return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
	}

}
