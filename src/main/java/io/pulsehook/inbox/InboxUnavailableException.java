package io.pulsehook.inbox;

import org.jspecify.annotations.Nullable;

/**
 * Nothing of a request was acknowledged: the inbox cannot be written, is full, or did not
 * commit in time. Trying again later is safe.
 */
public class InboxUnavailableException extends RuntimeException {

	InboxUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
