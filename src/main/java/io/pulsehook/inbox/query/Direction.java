package io.pulsehook.inbox.query;

/**
 * Which way a search looks.
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
	 * The order in which ids come.
	 * @return the word of SQL
	 */
	String order() {
		return this.order;
	}

	/**
	 * The aggregate that tells the last of some ids.
	 * @return the function of SQL
	 */
	String end() {
		return this.end;
	}

}
