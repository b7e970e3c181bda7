package io.pulsehook.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A message that could not be delivered to a user: {@code failed_delivery}, which a
 * WhatsApp bot sends and the page does not document. Its bot has an id only, and its
 * contact a phone only.
 *
 * @param details what every chatbot event carries
 */
public record FailedDelivery(ChatbotDetails details) implements ChatbotEvent {

	/**
	 * The id of the message that was not delivered.
	 * @return the id, or {@code null} if there is none
	 */
	public @Nullable String messageId() {
		return text("message_id");
	}

	/**
	 * The messaging platform's number of the error, such as {@code 470}.
	 * @return the digits or the text, or {@code null} if there is none
	 */
	public @Nullable String errorCode() {
		return text("error_code");
	}

	/**
	 * What the messaging platform says of the error. It can name a person.
	 * @return the text, or {@code null} if there is none
	 */
	public @Nullable String errorMessage() {
		return text("error_message");
	}

	/**
	 * When the delivery failed.
	 * @return the time, or {@code null} without a usable one
	 */
	public @Nullable Instant failedAt() {
		return EventDates.ofNumber(text("timestamp"));
	}

	@Override
	public @Nullable Instant occurredAt() {
		return (date() != null) ? date() : failedAt();
	}

	private @Nullable String text(String name) {
		JsonNode info = (info() != null) ? info() : MissingNode.getInstance();
		return Scalars.firstText(info.path(name));
	}

	/**
	 * The event as it is read by a version that does not know its title.
	 */
	FlowWebhook asFlowWebhook() {
		return new FlowWebhook(details());
	}

}
