package io.pulsehook.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The operator who wrote an outgoing message.
 *
 * @param firstName the first name
 * @param lastName the last name
 * @param email the e-mail address
 */
public record Sender(@Nullable String firstName, @Nullable String lastName, @Nullable String email) {

	static @Nullable Sender of(JsonNode sentBy) {
		if (sentBy.isEmpty()) {
			return null;
		}
		return new Sender(Scalars.text(sentBy.path("firstname")), Scalars.text(sentBy.path("lastname")),
				Scalars.text(sentBy.path("email")));
	}

}
