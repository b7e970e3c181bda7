package io.pulsehook.event.filter;

/**
 * Thrown when a filter cannot be used as it is written. The message says what is wrong
 * with it, and {@link #action()} what could be written instead.
 */
public final class InvalidFilterException extends IllegalArgumentException {

	private final String action;

	private InvalidFilterException(String message, String action) {
		super(message);
		this.action = action;
	}

	static InvalidFilterException unknownKey(String key, Object patterns) {
		return new InvalidFilterException("filter.%s=%s, but there is no such key".formatted(key, patterns),
				"The known keys are " + FilterKey.spellings() + ".");
	}

	static InvalidFilterException withoutPatterns(FilterKey key) {
		return new InvalidFilterException(
				"filter.%s without a pattern, which no event matches".formatted(key.spelling()),
				"Leave the key out to take events with any value. " + key.vocabulary().explained());
	}

	static InvalidFilterException ofPattern(FilterKey key, String pattern, String problem) {
		return new InvalidFilterException(
				"filter.%s=%s, but this pattern %s".formatted(key.spelling(), pattern, problem),
				key.vocabulary().explained());
	}

	/**
	 * Says what could be written instead.
	 * @return a sentence or more
	 */
	public String action() {
		return this.action;
	}

}
