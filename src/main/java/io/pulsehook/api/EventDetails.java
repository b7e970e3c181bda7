package io.pulsehook.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All of an event.
 *
 * @param event what a list shows as well
 * @param raw the JSON as it came, with what is no UTF-8 replaced
 * @param bound the record as handlers see it
 * @param message the parts of a message, {@code null} for anything else
 * @param deliveries one for each handler
 */
record EventDetails(@JsonUnwrapped EventView event, String raw, JsonNode bound, @Nullable JsonNode message,
		List<DeliveryView> deliveries) {

}
