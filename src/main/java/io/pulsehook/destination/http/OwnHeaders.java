package io.pulsehook.destination.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Checks the headers that are sent along because the configuration says so.
 */
final class OwnHeaders {

	private static final Pattern NAME = Pattern.compile("[!#$%&'*+^_`|~0-9A-Za-z-]+");

	private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");

	private static final Set<String> OF_THE_CLIENT = Set.of("connection", "content-length", "expect", "host",
			"transfer-encoding", "upgrade");

	private OwnHeaders() {
	}

	/**
	 * Reads the headers. A dot in a name stands for a dash, because an environment
	 * variable can write no dash.
	 * @param configured the headers as they are configured
	 * @return the headers as they are sent
	 * @throws IllegalArgumentException if one cannot be sent; the message names it
	 * without its value
	 */
	static Map<String, String> of(Map<String, String> configured) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		configured.forEach((name, value) -> headers.put(checked(name.replace('.', '-')), checked(name, value)));
		return headers;
	}

	private static String checked(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("headers has the name '" + name + "', which no header can have.");
		}
		if (OF_THE_CLIENT.contains(lower) || lower.startsWith("webhook-") || lower.startsWith("pulsehook-")) {
			throw new IllegalArgumentException("headers." + lower + " cannot be set, because each post has its own.");
		}
		return name;
	}

	private static String checked(String name, String value) {
		if (!VALUE.matcher(value).matches()) {
			throw new IllegalArgumentException(
					"headers." + name + " has a line break or another character that no header can have.");
		}
		return value;
	}

}
