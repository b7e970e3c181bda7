package io.pulsehook.inbox.query;

/**
 * The direction of a search.
 */
public enum Direction {

	/** From the last event to the first. */
	NEWEST_FIRST("desc", "min"),

	/** From the first event to the last. */
	OLDEST_FIRST("asc", "max");

	private final String order;

	private final String end;

	Direction(String order, String end) {
		this.order = order;
		this.end = end;
	}

	/**
	 * Returns the order of the ids.
	 * @return the word of SQL
	 */
	String order() {
		return this.order;
	}

	/**
	 * Returns the aggregate for the last id of a stretch in this direction.
	 * @return the function of SQL
	 */
	String end() {
		return this.end;
	}

}
