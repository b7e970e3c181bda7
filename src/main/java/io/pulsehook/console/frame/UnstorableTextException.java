package io.pulsehook.console.frame;

/**
 * Thrown when a parameter has characters that a database refuses, so that no stored text
 * can match it.
 */
class UnstorableTextException extends RuntimeException {

	UnstorableTextException(String parameter) {
		super("The parameter “" + parameter + "” has a NUL or half of a surrogate pair, which no stored text has. "
				+ "Leave it out.");
	}

}
