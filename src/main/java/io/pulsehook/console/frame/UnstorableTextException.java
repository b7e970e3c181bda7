package io.pulsehook.console.frame;

/**
 * A parameter has characters that no stored text has, and that databases refuse.
 */
class UnstorableTextException extends RuntimeException {

	UnstorableTextException(String parameter) {
		super("The parameter “" + parameter + "” has a NUL or half of a surrogate pair, which no stored text has. "
				+ "Leave it out.");
	}

}
