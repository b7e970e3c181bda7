package io.pulsehook.event.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells which events of its types a handler takes: for each of its keys that an event of
 * that kind can have, any of the patterns must match. It is judged once for each event
 * and handler, so the patterns are compiled before.
 */
public final class HandlerFilter {

	/** The filter that matches every event. */
	public static final HandlerFilter ALL = new HandlerFilter(Map.of(), List.of());

	private static final JsonMapper mapper = JsonMapper.shared();

	private final Map<String, List<String>> patterns;

	private final List<Condition> conditions;

	private HandlerFilter(Map<String, List<String>> patterns, List<Condition> conditions) {
		this.patterns = patterns;
		this.conditions = conditions.stream().sorted((one, other) -> one.key().compareTo(other.key())).toList();
	}

	/**
	 * Compiles a filter.
	 * @param patterns the patterns by their key, whose case and dashes do not count
	 * @return the filter, {@link #ALL} if there are no keys
	 * @throws InvalidFilterException if a key is not known, or one of its patterns can
	 * match nothing
	 */
	public static HandlerFilter of(Map<String, List<String>> patterns) {
		if (patterns.isEmpty()) {
			return ALL;
		}
		Map<FilterKey, List<String>> byKey = new TreeMap<>();
		patterns.forEach((spelling, some) -> {
			FilterKey key = FilterKey.find(spelling)
				.orElseThrow(() -> InvalidFilterException.unknownKey(spelling, some));
			byKey.computeIfAbsent(key, (absent) -> new ArrayList<>()).addAll(some);
		});
		Map<String, List<String>> spelt = new TreeMap<>();
		byKey.forEach((key, some) -> spelt.put(key.spelling(), List.copyOf(some)));
		return new HandlerFilter(spelt,
				byKey.entrySet().stream().map((entry) -> Condition.of(entry.getKey(), entry.getValue())).toList());
	}

	/**
	 * Reads a filter that a process has stored. That may be one of a later version: what
	 * this version does not know matches every event, so that none is lost.
	 * @param json the filter as {@link #toJson()} writes it, or {@code null} for none
	 * @return the filter
	 */
	public static HandlerFilter parse(@Nullable String json) {
		if (json == null) {
			return ALL;
		}
		try {
			return read(mapper.readTree(json));
		}
		catch (JacksonException ex) {
			return ALL;
		}
	}

	private static HandlerFilter read(JsonNode json) {
		Map<String, List<String>> patterns = new TreeMap<>();
		List<Condition> conditions = new ArrayList<>();
		json.propertyStream().forEach((property) -> {
			List<String> some = texts(property.getValue());
			patterns.put(property.getKey(), some);
			addKnown(property.getKey(), some, conditions);
		});
		return new HandlerFilter(patterns, conditions);
	}

	private static List<String> texts(JsonNode patterns) {
		return patterns.valueStream().allMatch(JsonNode::isString)
				? patterns.valueStream().map(JsonNode::stringValue).toList() : List.of();
	}

	private static void addKnown(String spelling, List<String> patterns, List<Condition> conditions) {
		try {
			FilterKey.find(spelling).map((key) -> Condition.of(key, patterns)).ifPresent(conditions::add);
		}
		catch (InvalidFilterException ex) {
			// A later version knows values that this one does not.
		}
	}

	/**
	 * Writes the filter as it is stored.
	 * @return an object with the list of patterns of each key, or {@code null} if the
	 * filter matches every event
	 */
	public @Nullable String toJson() {
		return this.patterns.isEmpty() ? null : mapper.writeValueAsString(this.patterns);
	}

	/**
	 * Tells whether a handler with this filter takes an event.
	 * @param facts the facts of the event
	 * @return whether the filter matches
	 */
	public boolean matches(EventFacts facts) {
		for (Condition condition : this.conditions) {
			if (!condition.isMetBy(facts)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Tells whether every event matches.
	 * @return whether the filter asks nothing
	 */
	public boolean matchesAll() {
		return this.conditions.isEmpty();
	}

	/**
	 * Tells whether something has to be looked up in a message.
	 * @return whether a key asks for it
	 */
	public boolean asksForMessage() {
		return this.conditions.stream().anyMatch((condition) -> condition.key().isOfMessage());
	}

	/**
	 * Returns the filter in the form in which it is written as properties.
	 * @return the patterns by their key, spelt with dashes
	 */
	public Map<String, List<String>> patterns() {
		return this.patterns;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof HandlerFilter filter && filter.patterns.equals(this.patterns);
	}

	@Override
	public int hashCode() {
		return this.patterns.hashCode();
	}

	/**
	 * Returns the filter for an operator to read.
	 * @return such as {@code service=telegram, title=Booked or Reserved*}
	 */
	@Override
	public String toString() {
		return this.patterns.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + String.join(" or ", entry.getValue()))
			.collect(Collectors.joining(", "));
	}

}
