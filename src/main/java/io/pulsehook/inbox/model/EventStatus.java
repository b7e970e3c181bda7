package io.pulsehook.inbox.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What became of an event, by its deliveries.
 */
public enum EventStatus implements Coded {

	/** One of its deliveries at least is neither done nor dead, and none is dead. */
	OPEN("open"),

	/** All of its deliveries are done. */
	DONE("done"),

	/** One of its deliveries at least has been given up. */
	DEAD("dead"),

	/** It has no delivery: no handler took its type. */
	UNHANDLED("unhandled");

	private final String code;

	EventStatus(String code) {
		this.code = code;
	}

	@Override
	@JsonValue
	public String code() {
		return this.code;
	}

}
