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

	/** The order of SQL in which ids come. */
	String order() {
		return this.order;
	}

	/** The aggregate of SQL that tells the last of some ids. */
	String end() {
		return this.end;
	}

}
