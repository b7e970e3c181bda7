package io.pulsehook.inbox.triage;

import io.pulsehook.inbox.model.Coded;

/**
 * What somebody decided about a group of dead letters.
 */
public enum GroupState implements Coded {

	/** Somebody has taken notice. A letter that dies afterwards makes the group new. */
	ACKNOWLEDGED("acknowledged"),

	/** Nobody wants to hear of the group: it is folded and raises no alarm. */
	MUTED("muted");

	private final String code;

	GroupState(String code) {
		this.code = code;
	}

	@Override
	public String code() {
		return this.code;
	}

}
