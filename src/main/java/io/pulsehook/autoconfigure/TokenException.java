package io.pulsehook.autoconfigure;

/**
 * Says that the configured tokens cannot be used, and why. The message names no token.
 */
public final class TokenException extends RuntimeException {

	TokenException(IllegalArgumentException cause) {
		super(cause.getMessage(), cause);
	}

}
