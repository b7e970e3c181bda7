package io.pulsehook.app.send;

/**
 * Thrown when the command cannot do what it was asked for. The message says why, and
 * quotes no URL.
 */
final class UsageException extends RuntimeException {

	UsageException(String problem) {
		super(problem);
	}

}
