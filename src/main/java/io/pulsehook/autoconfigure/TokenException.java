package io.pulsehook.autoconfigure;

/**
 * Thrown when the configured tokens cannot be used. The message says why, but names no
 * token.
 */
public final class TokenException extends RuntimeException {

	TokenException(IllegalArgumentException cause) {
		super(cause.getMessage(), cause);
	}

}
