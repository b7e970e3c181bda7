package io.pulsehook.reconcile;

import com.fasterxml.jackson.annotation.JsonValue;

import io.pulsehook.inbox.model.Coded;

/**
 * The status of a reconciliation.
 */
public enum ReconciliationStatus implements Coded {

	/** It reads what SendPulse has, in this process or in another one. */
	RUNNING("running"),

	/** It has compared every contact of its window. */
	DONE("done"),

	/** It could not go on. What it had found by then is kept. */
	FAILED("failed");

	private final String code;

	ReconciliationStatus(String code) {
		this.code = code;
	}

	@Override
	@JsonValue
	public String code() {
		return this.code;
	}

}
