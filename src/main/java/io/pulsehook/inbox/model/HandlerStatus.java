package io.pulsehook.inbox.model;

import java.util.Locale;

/**
 * What a handler does, in a word.
 */
public enum HandlerStatus implements Coded {

	/** It runs deliveries as they become due. */
	RUNNING,

	/** An operator has paused it, whether it would rest or not. */
	PAUSED,

	/** It rests by itself, and tries one delivery at a time. */
	RESTING;

	@Override
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
