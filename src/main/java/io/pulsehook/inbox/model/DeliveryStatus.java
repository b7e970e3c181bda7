package io.pulsehook.inbox.model;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The status of a delivery. {@code pending}, {@code retrying}, {@code done} and {@code
 * dead} are stored; the others are derived from which process runs the delivery, if any
 * does.
 */
public enum DeliveryStatus implements Coded {

	/** It has not been tried yet in this run. */
	PENDING("pending"),

	/** A handler is at work on it. */
	RUNNING("running"),

	/** It has failed and will be tried again. */
	RETRYING("retrying"),

	/** A handler is at work on it beyond its timeout, and does not react. */
	HUNG("hung"),

	/** Its handler has done its work. */
	DONE("done"),

	/** It has been given up. */
	DEAD("dead"),

	/** It is unfinished, and no process has its handler. */
	ORPHANED("orphaned");

	private final String code;

	DeliveryStatus(String code) {
		this.code = code;
	}

	@Override
	@JsonValue
	public String code() {
		return this.code;
	}

	/**
	 * Tells whether it will not run any more unless somebody replays it.
	 * @return {@code true} if it is done or dead
	 */
	public boolean isFinished() {
		return this == DONE || this == DEAD;
	}

}
