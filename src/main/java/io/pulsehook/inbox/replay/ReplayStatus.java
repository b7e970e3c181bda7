package io.pulsehook.inbox.replay;

import com.fasterxml.jackson.annotation.JsonValue;

import io.pulsehook.inbox.model.Coded;

/**
 * The status of a replay.
 */
public enum ReplayStatus implements Coded {

	/** It goes through the events. */
	RUNNING("running"),

	/** It has gone through all events. */
	DONE("done"),

	/** Somebody stopped it. */
	CANCELLED("cancelled"),

	/** The database refuses its query, so that it cannot go on. */
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
