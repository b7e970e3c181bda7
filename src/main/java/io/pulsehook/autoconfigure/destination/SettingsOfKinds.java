package io.pulsehook.autoconfigure.destination;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.pulsehook.destination.DestinationKind;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.PayloadFormat;

/**
 * Checks which settings a destination of each kind has to have, and which would do
 * nothing.
 */
final class SettingsOfKinds {

	private static final Set<String> SCHEMES = Set.of("https", "http");

	private SettingsOfKinds() {
	}

	/**
	 * Finds the kind of a destination.
	 * @param settings its settings
	 * @return the kind
	 * @throws IllegalArgumentException if the settings do not go together; the message
	 * says which, without their values
	 */
	static DestinationKind check(DestinationSettings settings) {
		List<DestinationKind> kinds = DestinationKind.of(settings).toList();
		if (kinds.size() != 1) {
			throw new IllegalArgumentException("it has " + (kinds.isEmpty() ? "none" : names(kinds))
					+ " of url, telegram, slack and kafka, but has to have exactly one.");
		}
		DestinationKind kind = kinds.get(0);
		requireText(settings.text(), kind);
		if (kind.isChat() && settings.payload() != PayloadFormat.EVENT) {
			throw new IllegalArgumentException("payload does nothing for " + kind.value() + ", which is sent text.");
		}
		requireNothingOfPosts(settings, kind);
		requireAddress("url", settings.url());
		requireAddress("telegram.url", (settings.telegram() != null) ? settings.telegram().url() : null);
		requireAddress("slack.url", (settings.slack() != null) ? settings.slack().url() : null);
		return kind;
	}

	private static String names(List<DestinationKind> kinds) {
		return kinds.stream()
			.map((kind) -> (kind == DestinationKind.HTTP) ? "url" : kind.value())
			.collect(Collectors.joining(" and "));
	}

	private static void requireText(@Nullable String text, DestinationKind kind) {
		boolean given = text != null && !text.isBlank();
		if (kind.isChat() && !given) {
			throw new IllegalArgumentException("text is missing, which is what " + kind.value()
					+ " is sent, such as \"{contact.name} wrote: {message.text}\".");
		}
		if (!kind.isChat() && given) {
			throw new IllegalArgumentException(
					"text is for telegram and slack, and this destination is sent its payload.");
		}
	}

	private static void requireNothingOfPosts(DestinationSettings settings, DestinationKind kind) {
		if (kind != DestinationKind.HTTP && !settings.secret().isEmpty()) {
			throw new IllegalArgumentException("secret signs what is posted to a url, and this destination has none.");
		}
		if (kind != DestinationKind.HTTP && !settings.headers().isEmpty()) {
			throw new IllegalArgumentException("headers are sent to a url, and this destination has none.");
		}
	}

	private static void requireAddress(String property, @Nullable URI url) {
		if (url == null) {
			return;
		}
		boolean usable = url.getScheme() != null && SCHEMES.contains(url.getScheme().toLowerCase())
				&& url.getHost() != null;
		if (!usable) {
			throw new IllegalArgumentException(
					property + " must begin with https:// or http:// and a host, whose name can have no underscore.");
		}
	}

}
