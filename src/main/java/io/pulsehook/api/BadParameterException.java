package io.pulsehook.api;

/**
 * Thrown when a parameter of a request has an invalid value; the message says which
 * values are valid.
 */
class BadParameterException extends RuntimeException {

	private final String detail;

	BadParameterException(String name, String value, String expected) {
		this("Parameter '%s' is '%s', but must be %s.".formatted(name, value, expected));
	}

	BadParameterException(String detail) {
		super(detail);
		this.detail = detail;
	}

	@Override
	public String getMessage() {
		return this.detail;
	}

}
