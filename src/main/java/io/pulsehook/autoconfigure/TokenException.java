package io.pulsehook.autoconfigure;

import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.receive.FirstToken;

/**
 * Thrown when the tokens cannot be used or are not known. The message says why, but names
 * no token.
 */
public final class TokenException extends RuntimeException {

	TokenException(IllegalArgumentException cause) {
		super(cause.getMessage(), cause);
	}

	private TokenException(String message, RuntimeException cause) {
		super(message, cause);
	}

	/**
	 * Explains that the generated token is not known, because the database that has it is
	 * away.
	 * @param cause why it could not be asked
	 * @return the exception
	 */
	static TokenException unknown(InboxUnavailableException cause) {
		return new TokenException(
				"No token is configured. The generated one is in the database, which is away, and the "
						+ "directory of the spool has no copy of it in a file '" + FirstToken.SETTING
						+ "', so nobody could post.",
				cause);
	}

}
