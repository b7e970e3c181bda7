package io.pulsehook.inbox.model;

import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.Discreet;

/**
 * Nothing of a request was acknowledged: the inbox cannot be written, is full, or did not
 * commit in time. Trying again later is safe.
 */
public class InboxUnavailableException extends RuntimeException implements Discreet {

	public InboxUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
