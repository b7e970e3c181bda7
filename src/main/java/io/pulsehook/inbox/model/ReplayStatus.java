package io.pulsehook.inbox.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How far a replay has come.
 */
public enum ReplayStatus implements Coded {

	/** It goes through the events. */
	RUNNING("running"),

	/** It has gone through all events. */
	DONE("done"),

	/** Somebody stopped it. */
	CANCELLED("cancelled"),

	/** The database refuses what it was asked for. */
	FAILED("failed");

	private final String code;

	ReplayStatus(String code) {
		this.code = code;
	}

	@Override
	@JsonValue
	public String code() {
		return this.code;
	}

}
