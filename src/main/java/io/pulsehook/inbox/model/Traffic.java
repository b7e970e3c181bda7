package io.pulsehook.inbox.model;

/**
 * The two kinds of deliveries, of which one makes way for the other.
 */
public enum Traffic {

	/** Deliveries of events that have just been received. */
	LIVE("null"),

	/** Deliveries that somebody asked for again. */
	REPLAY("not null");

	private final String replayId;

	Traffic(String replayId) {
		this.replayId = replayId;
	}

	/**
	 * What the id of a delivery's replay is, in SQL.
	 * @return a test for {@code is}
	 */
	public String replayId() {
		return this.replayId;
	}

}
