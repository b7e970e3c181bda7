package io.pulsehook.app.send;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.connect.SampleEvent;

/**
 * The options of the command: what to send, and where to.
 *
 * @param to the URL to post to, which may end in a token
 * @param samples the examples to post, unless a file is posted
 * @param channel the channel that they come from, or {@code null} for their own
 * @param file the file to post, or {@code null} for examples
 */
record SendOptions(URI to, List<SampleEvent> samples, @Nullable String channel, @Nullable Path file) {

	static final String DEFAULT_KIND = "incoming-message";

	private static final String ALL_KINDS = "all";

	private static final int MAX_PORT = 65535;

	private static final Set<String> NAMES = Set.of("kind", "channel", "file", "to");

	/**
	 * Reads the options.
	 * @param arguments {@code --name=value} or {@code --name value}
	 * @return what they ask for
	 * @throws UsageException if they are not understood or contradict each other
	 */
	static SendOptions parse(List<String> arguments) {
		Map<String, String> values = values(arguments);
		URI to = address(values.get("to"));
		String file = values.get("file");
		if (file != null && (values.containsKey("kind") || values.containsKey("channel"))) {
			throw new UsageException("--file is sent as it is, so --kind and --channel do not go with it.");
		}
		return new SendOptions(to, samples(values.getOrDefault("kind", DEFAULT_KIND)), channel(values.get("channel")),
				(file != null) ? Path.of(file) : null);
	}

	private static Map<String, String> values(List<String> arguments) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < arguments.size(); i++) {
			String[] parts = arguments.get(i).split("=", 2);
			String name = parts[0].replaceFirst("^--", "");
			// An unknown argument is not quoted: it may be the URL without its option.
			if (parts[0].equals(name) || !NAMES.contains(name)) {
				throw new UsageException("Argument " + (i + 1) + " is none of the options.");
			}
			if (parts.length < 2 && i + 1 == arguments.size()) {
				throw new UsageException("--" + name + " has no value.");
			}
			if (values.put(name, (parts.length == 2) ? parts[1] : arguments.get(++i)) != null) {
				throw new UsageException("--" + name + " is given twice.");
			}
		}
		return values;
	}

	private static URI address(@Nullable String to) {
		URI address = uri((to != null) ? to : "");
		if (address == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
				|| address.getHost() == null || address.getUserInfo() != null || address.getPort() > MAX_PORT) {
			throw new UsageException("--to is missing, or no URL such as http://localhost:8080/webhooks/<token>.");
		}
		return address;
	}

	private static @Nullable URI uri(String value) {
		try {
			return new URI(value);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private static List<SampleEvent> samples(String kind) {
		return kind.equals(ALL_KINDS) ? SampleEvent.all() : List
			.of(SampleEvent.named(kind).orElseThrow(() -> new UsageException("There is no example of that kind.")));
	}

	private static @Nullable String channel(@Nullable String channel) {
		if (channel != null && !ChannelSamples.channels().contains(channel)) {
			throw new UsageException("There is no such channel.");
		}
		return channel;
	}

}
