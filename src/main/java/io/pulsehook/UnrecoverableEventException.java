package io.pulsehook;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler when trying again cannot help: the delivery becomes a dead letter
 * at once, whatever retries are left.
 */
public class UnrecoverableEventException extends RuntimeException {

	/**
	 * Creates the exception.
	 * @param message why no further attempt can succeed; kept with the delivery, never
	 * logged
	 */
	public UnrecoverableEventException(String message) {
		super(message);
	}

	/**
	 * Creates the exception for a cause that needs no further explanation.
	 * @param cause why no further attempt can succeed; its message is kept with the
	 * delivery, never logged
	 */
	public UnrecoverableEventException(Throwable cause) {
		super(cause);
	}

	/**
	 * Creates the exception.
	 * @param message why no further attempt can succeed; kept with the delivery, never
	 * logged
	 * @param cause what led to it, or {@code null}
	 */
	public UnrecoverableEventException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
