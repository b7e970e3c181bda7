package io.pulsehook.autoconfigure;

/**
 * The configured tokens cannot be used: the message says why and names no token.
 */
final class TokenException extends RuntimeException {

	TokenException(IllegalArgumentException cause) {
		super(cause.getMessage(), cause);
	}

}
