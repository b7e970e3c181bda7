package io.pulsehook.sendpulse;

import tools.jackson.databind.JsonNode;

/**
 * Whether a contact can be written to (SendPulse's OpenAPI, {@code Contact.status}).
 */
public enum ContactStatus {

	/** A status that is not known. */
	UNKNOWN,

	/** It can be written to. */
	ACTIVE,

	/** It has unsubscribed. */
	UNSUBSCRIBED,

	/** Somebody has disabled it. */
	DISABLED,

	/** It has blocked the bot. */
	BLOCKED;

	// The constants stand in the order of SendPulse's numbers, which begin with 1.
	static ContactStatus of(JsonNode status) {
		int code = status.asInt(0);
		return (code > 0 && code < values().length) ? values()[code] : UNKNOWN;
	}

}
