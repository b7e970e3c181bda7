package io.pulsehook.console.frame;

/**
 * Thrown when an address or a form has a value that cannot be read. The message tells the
 * operator which, and what to write instead.
 */
public class NotUnderstoodException extends RuntimeException {

	public NotUnderstoodException(String message) {
		super(message);
	}

}
