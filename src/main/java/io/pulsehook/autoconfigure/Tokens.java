package io.pulsehook.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.receive.FirstToken;
import io.pulsehook.receive.Sources;

/**
 * The tokens of all sources.
 *
 * @param bySource the tokens by the names of their sources
 */
record Tokens(Map<String, List<String>> bySource) {

	private static final String DEFAULT_SOURCE = "default";

	/**
	 * Collects the configured tokens.
	 * @param properties the configuration
	 * @param generated the token that was made because none is configured, or
	 * {@code null}
	 * @return all tokens, which are not checked yet
	 */
	static Tokens of(PulsehookProperties properties, @Nullable FirstToken generated) {
		Map<String, List<String>> tokens = new LinkedHashMap<>();
		properties.sources().forEach((name, source) -> {
			if (!source.tokens().isEmpty()) {
				tokens.put(name, new ArrayList<>(source.tokens()));
			}
		});
		String single = (generated != null) ? generated.value() : properties.token();
		if (single != null) {
			tokens.computeIfAbsent(DEFAULT_SOURCE, (name) -> new ArrayList<>()).add(single);
		}
		return new Tokens(tokens);
	}

	/**
	 * Checks the tokens.
	 * @return the sources that they name
	 * @throws TokenException if one cannot be used
	 */
	Sources sources() {
		try {
			return new Sources(this.bySource);
		}
		catch (IllegalArgumentException ex) {
			throw new TokenException(ex);
		}
	}

	/**
	 * Leaves the tokens out, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "Tokens[sources=" + this.bySource.keySet() + "]";
	}

}
