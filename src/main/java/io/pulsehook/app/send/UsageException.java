package io.pulsehook.app.send;

/**
 * The command cannot do what it was asked for: the message says why and quotes no URL.
 */
final class UsageException extends RuntimeException {

	UsageException(String problem) {
		super(problem);
	}

}
