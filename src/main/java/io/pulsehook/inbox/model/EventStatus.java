package io.pulsehook.inbox.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The status of an event, which follows from its deliveries.
 */
public enum EventStatus implements Coded {

	/** At least one of its deliveries is unfinished, and none is dead. */
	OPEN("open"),

	/** All of its deliveries are done. */
	DONE("done"),

	/** At least one of its deliveries has been given up. */
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
