package io.pulsehook.api;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * The options in a request's body.
 */
final class Options {

	/** What a replay has beside the filters of its events. */
	static final Set<String> OTHERS = Set.of("dryRun", "includeDone", "handlers", "diedSince");

	private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);

	private final Map<String, @Nullable Object> values;

	Options(@Nullable Map<String, @Nullable Object> body) {
		this.values = (body != null) ? body : Map.of();
	}

	boolean dryRun() {
		return flag("dryRun");
	}

	boolean includeDone() {
		return flag("includeDone");
	}

	private boolean flag(String name) {
		Object value = this.values.get(name);
		if (value == null || value instanceof Boolean) {
			return Boolean.TRUE.equals(value);
		}
		throw new BadParameterException(name, value.toString(), "true or false");
	}

	@Nullable Instant diedSince() {
		Object value = this.values.get("diedSince");
		if (value == null) {
			return null;
		}
		return new Parameters(Map.of("diedSince", value.toString()), Set.of("diedSince")).instant("diedSince");
	}

	List<String> handlers() {
		Object value = this.values.get("handlers");
		if (value == null) {
			return List.of();
		}
		if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
			return list.stream().map(String.class::cast).toList();
		}
		throw new BadParameterException("handlers", value.toString(), "a list of handlers");
	}

	void mustHaveNoFilters() {
		if (!filters().isEmpty()) {
			throw new BadParameterException(
					"Unknown options " + filters().keySet() + "; the known ones are [handlers, includeDone].");
		}
	}

	/**
	 * Returns the id, which may be a text or a number, and refuses any other option.
	 */
	@Nullable String onlyId() {
		if (!Set.of("id").containsAll(this.values.keySet())) {
			throw new BadParameterException("Unknown options " + this.values.keySet() + "; the only one is 'id'.");
		}
		Object value = this.values.get("id");
		if (value == null || value instanceof String || value instanceof Integer || value instanceof Long
				|| value instanceof BigInteger) {
			return Objects.toString(value, null);
		}
		throw new BadParameterException("id", value.toString(), "the id of a contact");
	}

	/**
	 * Returns the window, which is a time such as {@code 24h}, and refuses any other
	 * option.
	 */
	@Nullable Duration onlyWindow() {
		if (!Set.of("window").containsAll(this.values.keySet())) {
			throw new BadParameterException("Unknown options " + this.values.keySet() + "; the only one is 'window'.");
		}
		Object value = this.values.get("window");
		return (value != null) ? window(value) : null;
	}

	private static Duration window(Object value) {
		try {
			Duration window = DurationStyle.detectAndParse(value.toString());
			if (value instanceof String && window.compareTo(SHORTEST_WINDOW) >= 0) {
				return window;
			}
		}
		catch (IllegalArgumentException ex) {
			// The answer is the same for what is no time, and for a time that is too
			// short, as 24 without a unit is.
		}
		throw new BadParameterException("window", value.toString(), "a time such as 24h or 30m");
	}

	/**
	 * Returns all other options, which have to be filters of events.
	 */
	Map<String, String> filters() {
		Map<String, String> filters = new HashMap<>();
		this.values.forEach((name, value) -> filters.put(name, (value != null) ? value.toString() : ""));
		filters.keySet().removeAll(OTHERS);
		return filters;
	}

}
