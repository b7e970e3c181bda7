package io.pulsehook.receive;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The sources that may send events, each known by its tokens. A source can have several
 * tokens, so that one can be replaced while the other is still in use.
 */
public final class Sources {

	private static final int SHORTEST_TOKEN = 20;

	private static final String PUNCTUATION = "-_.~";

	private final List<Token> tokens = new ArrayList<>();

	/**
	 * Creates the sources.
	 * @param tokensBySource the tokens of each source, by its name
	 * @throws IllegalArgumentException if a token is too short, has a character that does
	 * not survive in a URL, or belongs to two sources; the message names the source and
	 * never the token
	 */
	public Sources(Map<String, List<String>> tokensBySource) {
		tokensBySource.forEach((source, tokens) -> tokens.forEach((token) -> add(source, token)));
	}

	private void add(String source, String token) {
		Assert.isTrue(token.length() >= SHORTEST_TOKEN && token.chars().allMatch(Sources::isUrlSafe),
				() -> "A token of source '" + source + "' cannot be used: " + problem(token) + ". A token has at least "
						+ SHORTEST_TOKEN + " characters, each a letter A-Z or a-z, a digit, or one of " + PUNCTUATION
						+ " because it is all that keeps strangers out and must survive in a URL.");
		String other = sourceOf(token);
		Assert.isTrue(other == null || other.equals(source), () -> "Sources '" + other + "' and '" + source
				+ "' have a token in common, so nobody could tell whose an event is. Give each its own.");
		this.tokens.add(new Token(source, Sha256.of(token)));
	}

	private static String problem(String token) {
		if (token.isEmpty()) {
			return "it is empty";
		}
		return token.chars().allMatch(Sources::isUrlSafe) ? "it is too short" : "it has another character";
	}

	private static boolean isUrlSafe(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || PUNCTUATION.indexOf(character) >= 0;
	}

	/**
	 * The source that a token belongs to. The search takes as long for an unknown token
	 * as for any other, so that its time does not tell how much of a guess was right.
	 * @param token what a request carried
	 * @return the source's name, or {@code null} if the token is unknown
	 */
	public @Nullable String sourceOf(String token) {
		byte[] digest = Sha256.of(token);
		String source = null;
		for (Token known : this.tokens) {
			if (MessageDigest.isEqual(known.digest(), digest)) {
				source = known.source();
			}
		}
		return source;
	}

	/**
	 * The names of the sources.
	 * @return each once, in the order of the configuration
	 */
	public Set<String> names() {
		return this.tokens.stream().map(Token::source).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private record Token(String source, byte[] digest) {

	}

}
