package io.pulsehook.destination;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events are passed on to, and as what: one of {@code url}, {@code telegram},
 * {@code slack} and {@code kafka}. How it is run is configured beside it, like that of
 * any handler.
 *
 * @param url URL that events are posted to as JSON.
 * @param secret Secrets that posts are signed with as Standard Webhooks, each 'whsec_'
 * and Base64; several while one replaces another. Without one they are not signed.
 * @param headers Headers that are sent along, such as Authorization.
 * @param telegram Chat of Telegram that texts are sent to.
 * @param slack Channel of Slack that texts are sent to.
 * @param kafka Topic of Kafka that events are written to.
 * @param types Types of events that are passed on, such as IncomingMessage or
 * PaymentOrder. None means all.
 * @param payload What is sent.
 * @param text Text that is sent to a chat, with the names of the payload's fields in
 * braces.
 */
public record DestinationSettings(@Nullable URI url, @DefaultValue List<@NotBlank String> secret,
		@DefaultValue Map<String, String> headers, @Nullable @Valid Telegram telegram, @Nullable @Valid Slack slack,
		@Nullable @Valid Kafka kafka, @DefaultValue List<String> types, @DefaultValue("event") PayloadFormat payload,
		@Nullable String text) {

	/**
	 * Restores the names of headers that environment variables set: what is a dash in
	 * them can only be an underscore there, which is read as a dot. Of names that differ
	 * in case only, the first is taken, which precedes the others.
	 */
	public DestinationSettings {
		Map<String, String> restored = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, value) -> restored.putIfAbsent(name.replace('.', '-'), value));
		headers = restored;
	}

	/**
	 * Leaves out what may be a secret, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "DestinationSettings[types=" + this.types + ", payload=" + this.payload + "]";
	}

	/**
	 * A chat of Telegram.
	 *
	 * @param token Token of the bot that sends.
	 * @param chat Id of the chat, or the name of a channel with its @.
	 * @param url Address of the Bot API.
	 */
	public record Telegram(@NotBlank String token, @NotBlank String chat,
			@DefaultValue("https://api.telegram.org") @NotNull URI url) {

		@Override
		public String toString() {
			return "Telegram[chat=" + this.chat + "]";
		}

	}

	/**
	 * A channel of Slack, or of whatever takes the same incoming webhooks.
	 *
	 * @param url URL of the incoming webhook.
	 */
	public record Slack(@NotNull URI url) {

		@Override
		public String toString() {
			return "Slack[]";
		}

	}

	/**
	 * A topic of Kafka, whose brokers spring.kafka.* names.
	 *
	 * @param topic Name of the topic.
	 */
	public record Kafka(@NotBlank String topic) {

	}

}
