package io.pulsehook.inbox.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What became of an event that was received.
 */
public enum IntakeResult implements Coded {

	/** It was stored. */
	ACCEPTED("accepted"),

	/** It had been stored before. */
	DUPLICATE("duplicate");

	private final String code;

	IntakeResult(String code) {
		this.code = code;
	}

	@Override
	@JsonValue
	public String code() {
		return this.code;
	}

}
