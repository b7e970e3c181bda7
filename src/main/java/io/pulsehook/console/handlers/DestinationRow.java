package io.pulsehook.console.handlers;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.pulsehook.destination.ConfiguredDestination;

/**
 * Where a handler passes events on to, as pages show it.
 *
 * @param means what kind of system that is, as the end of a sentence that begins with
 * what it sends
 * @param target its host, chat or topic
 */
record DestinationRow(String means, String target) {

	/**
	 * Makes the row of a handler.
	 * @param destination the destination, unless the handler is none of this process
	 * @return the row, or {@code null}
	 */
	static @Nullable DestinationRow of(Optional<ConfiguredDestination> destination) {
		return destination.map((one) -> new DestinationRow(switch (one.kind()) {
			case HTTP -> "Posts to";
			case TELEGRAM -> "Writes to the Telegram chat";
			case SLACK -> "Writes to Slack by";
			case KAFKA -> "Writes to the Kafka topic";
		}, one.target())).orElse(null);
	}

}
