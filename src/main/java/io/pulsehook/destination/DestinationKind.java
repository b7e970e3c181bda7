package io.pulsehook.destination;

import java.net.URI;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What kind of system events are passed on to.
 */
public enum DestinationKind {

	/** Any system that takes posts. */
	HTTP(DestinationSettings::url, (settings) -> host(settings.url())),

	/** A chat of Telegram. */
	TELEGRAM(DestinationSettings::telegram,
			(settings) -> (settings.telegram() != null) ? settings.telegram().chat() : ""),

	/** A channel of Slack, or of whatever takes the same incoming webhooks. */
	SLACK(DestinationSettings::slack, (settings) -> (settings.slack() != null) ? host(settings.slack().url()) : ""),

	/** A topic of Kafka. */
	KAFKA(DestinationSettings::kafka, (settings) -> (settings.kafka() != null) ? settings.kafka().topic() : "");

	private final Function<DestinationSettings, @Nullable Object> address;

	private final Function<DestinationSettings, String> target;

	DestinationKind(Function<DestinationSettings, @Nullable Object> address,
			Function<DestinationSettings, String> target) {
		this.address = address;
		this.target = target;
	}

	/**
	 * Lists the kinds that a destination is configured as.
	 * @param settings the settings of the destination
	 * @return the kinds; exactly one if the settings can be used
	 */
	public static Stream<DestinationKind> of(DestinationSettings settings) {
		return Stream.of(values()).filter((kind) -> kind.address.apply(settings) != null);
	}

	/**
	 * Returns where events go, without anything secret.
	 * @param settings the settings of a destination of this kind
	 * @return the host of the URL, the chat, or the topic
	 */
	public String target(DestinationSettings settings) {
		return this.target.apply(settings);
	}

	/**
	 * Tells whether people read what is sent, as a text.
	 * @return {@code true} for chats
	 */
	public boolean isChat() {
		return this == TELEGRAM || this == SLACK;
	}

	/**
	 * Returns how the kind is written in JSON and in the configuration.
	 * @return the name in lower case
	 */
	@JsonValue
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

	private static String host(@Nullable URI url) {
		return (url != null && url.getHost() != null) ? url.getHost() : "";
	}

}
