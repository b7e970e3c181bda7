package io.pulsehook.inbox.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The kind of an event, by where it comes from.
 */
public enum EventKind implements Coded {

	/** A chatbot sent it. */
	CHATBOT("chatbot"),

	/** It tells a state of a payment order. */
	PAYMENT("payment"),

	/** It was not recognised, and is kept with the reason. */
	UNRECOGNIZED("unrecognized"),

	/**
	 * Pulsehook itself made it. Charts, counts and lists of events leave it out unless
	 * they are asked for it.
	 */
	ALERT("alert");

	private final String code;

	EventKind(String code) {
		this.code = code;
	}

	@Override
	@JsonValue
	public String code() {
		return this.code;
	}

}
