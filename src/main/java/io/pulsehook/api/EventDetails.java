package io.pulsehook.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event with everything that is known of it.
 *
 * @param event the part that lists show too
 * @param raw the JSON as it was received; bytes that are not UTF-8 are replaced
 * @param bound the record that handlers receive
 * @param message the parts of a message, {@code null} for anything else
 * @param deliveries one for each handler that receives it
 * @param keptAwayBy the handlers of its type that have no delivery of it because their
 * filter does not match
 */
record EventDetails(@JsonUnwrapped EventView event, String raw, JsonNode bound, @Nullable JsonNode message,
		List<DeliveryView> deliveries, List<String> keptAwayBy) {

}
