package io.pulsehook.event.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * What a filter asks by one of its keys.
 *
 * @param key the key
 * @param patterns the patterns, of which any is enough
 */
record Condition(FilterKey key, List<ValuePattern> patterns) {

	/**
	 * Compiles the patterns of a key.
	 * @throws InvalidFilterException if there is none, or one can match nothing
	 */
	static Condition of(FilterKey key, List<String> patterns) {
		if (patterns.isEmpty()) {
			throw InvalidFilterException.withoutPatterns(key);
		}
		List<ValuePattern> compiled = new ArrayList<>();
		for (String pattern : patterns) {
			compiled.add(compile(key, pattern));
		}
		return new Condition(key, List.copyOf(compiled));
	}

	private static ValuePattern compile(FilterKey key, String pattern) {
		Vocabulary vocabulary = key.vocabulary();
		try {
			return vocabulary.compile(vocabulary.comparable(pattern));
		}
		catch (IllegalArgumentException ex) {
			throw InvalidFilterException.ofPattern(key, pattern, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Tells whether an event meets it. One of a kind that does not have the key does.
	 */
	boolean isMetBy(EventFacts facts) {
		List<String> values = facts.valuesOf(this.key);
		return values == null || anyMatches(values);
	}

	private boolean anyMatches(List<String> values) {
		for (String value : values) {
			String comparable = this.key.vocabulary().comparable(value);
			for (ValuePattern pattern : this.patterns) {
				if (pattern.matches(comparable)) {
					return true;
				}
			}
		}
		return false;
	}

}
