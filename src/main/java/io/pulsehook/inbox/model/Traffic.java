package io.pulsehook.inbox.model;

/**
 * The two kinds of deliveries. Replays make way for live ones.
 */
public enum Traffic {

	/** Deliveries of events that have just been received. */
	LIVE("null"),

	/** Deliveries that somebody replays. */
	REPLAY("not null");

	private final String replayId;

	Traffic(String replayId) {
		this.replayId = replayId;
	}

	/**
	 * Returns the condition in SQL on the id of a delivery's replay.
	 * @return what follows {@code is}
	 */
	public String replayId() {
		return this.replayId;
	}

}
