package io.pulsehook.inbox.model;

import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.Discreet;

/**
 * Thrown when the inbox cannot be written, is full, or did not commit in time. Nothing of
 * the request was acknowledged, and it may safely be sent again.
 */
public class InboxUnavailableException extends RuntimeException implements Discreet {

	public InboxUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
