package io.pulsehook.inbox.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the inbox can be written, but refused what was to be written: other writes
 * succeed, and this one would fail again.
 */
public class WriteRefusedException extends InboxUnavailableException {

	public WriteRefusedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
