package io.pulsehook.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The operator whom the chat with a contact is assigned to (SendPulse page, Webhook
 * structure). Messages do not name one there; see {@link Sender} for who wrote them.
 *
 * @param userId the id of the operator's SendPulse account
 * @param username the operator's name
 * @param email the e-mail address
 * @param avatar the link to a picture
 * @param createdAt since when the operator has the account, {@code null} without a usable
 * date
 * @param rawCreatedAt that date as sent
 */
public record Operator(@Nullable String userId, @Nullable String username, @Nullable String email,
		@Nullable String avatar, @Nullable Instant createdAt, @Nullable String rawCreatedAt) {

	static Operator of(JsonNode operator) {
		String createdAt = JsonText.of(operator.path("created_at"));
		return new Operator(JsonText.of(operator.path("user_id")), JsonText.of(operator.path("username")),
				JsonText.of(operator.path("email")), JsonText.of(operator.path("avatar")),
				EventDates.ofNumber(createdAt), createdAt);
	}

}
