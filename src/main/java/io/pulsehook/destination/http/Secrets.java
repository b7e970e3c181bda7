package io.pulsehook.destination.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.web.util.HtmlUtils;

/**
 * Lists what is secret in a post: its URL with its parts, its credentials, and whatever
 * else its headers say.
 */
final class Secrets {

	/** Shorter values are no secrets, and hiding them would make the rest unreadable. */
	private static final int SHORTEST = 4;

	/**
	 * Shorter parts of a path are words such as {@code hooks}, which an answer can have
	 * for other reasons.
	 */
	private static final int SHORTEST_IN_PATH = 8;

	private static final Set<String> KNOWN_HEADERS = Set.of("content-type", "user-agent", "webhook-id",
			"webhook-timestamp", HttpDestination.ATTEMPT, HttpDestination.TEST);

	private static final String BASIC = "Basic ";

	private Secrets() {
	}

	/**
	 * Lists what is secret.
	 * @param post the post
	 * @param others what is secret beside its URL and its headers
	 * @return each in all spellings that a server may use for it, the longest first, so
	 * that hiding one leaves no rest of another
	 */
	static List<String> of(Post post, Collection<String> others) {
		return Stream.of(ofUrl(post.url()), ofHeaders(post.headers()), others.stream())
			.flatMap((values) -> values)
			.filter((value) -> value.length() >= SHORTEST)
			.flatMap(Secrets::spellings)
			.distinct()
			.sorted(Comparator.comparingInt(String::length).reversed())
			.toList();
	}

	private static Stream<String> ofUrl(URI url) {
		Stream<@Nullable String> whole = Stream.of(url.toString(), url.getRawPath(), url.getPath(), url.getRawQuery(),
				url.getQuery(), url.getRawUserInfo());
		Stream<String> segments = words(url.getPath(), "/").filter((word) -> word.length() >= SHORTEST_IN_PATH);
		Stream<String> parameters = words(url.getQuery(), "&").map((pair) -> pair.substring(pair.indexOf('=') + 1));
		return Stream.of(whole.flatMap(Stream::ofNullable), segments, parameters).flatMap((values) -> values);
	}

	private static Stream<String> words(@Nullable String text, String separator) {
		return Stream.of(StringUtils.delimitedListToStringArray(text, separator));
	}

	private static Stream<String> ofHeaders(Map<String, String> headers) {
		return headers.entrySet()
			.stream()
			.filter((header) -> !KNOWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
			.flatMap((header) -> Stream.concat(Stream.of(header.getValue()),
					header.getKey().equalsIgnoreCase(HttpHeaders.AUTHORIZATION) ? credentials(header.getValue())
							: Stream.empty()));
	}

	private static Stream<String> credentials(String authorization) {
		String credentials = authorization.substring(authorization.indexOf(' ') + 1);
		if (!authorization.startsWith(BASIC)) {
			return Stream.of(credentials);
		}
		try {
			String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
			return Stream.of(credentials, decoded, decoded.substring(decoded.indexOf(':') + 1));
		}
		catch (IllegalArgumentException ex) {
			return Stream.of(credentials);
		}
	}

	// As it is, in JSON as PHP writes it, and in HTML.
	private static Stream<String> spellings(String secret) {
		return Stream.of(secret, secret.replace("/", "\\/"), HtmlUtils.htmlEscape(secret));
	}

}
