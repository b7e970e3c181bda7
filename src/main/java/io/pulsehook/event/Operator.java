package io.pulsehook.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The operator whom the chat with a contact is assigned to (SendPulse page, Webhook
 * structure). Events of messages do not name it; see {@link Sender} for who wrote a
 * message.
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
		String createdAt = Scalars.text(operator.path("created_at"));
		return new Operator(Scalars.text(operator.path("user_id")), Scalars.text(operator.path("username")),
				Scalars.text(operator.path("email")), Scalars.text(operator.path("avatar")),
				EventDates.ofNumber(createdAt), createdAt);
	}

}
