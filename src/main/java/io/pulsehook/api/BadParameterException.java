package io.pulsehook.api;

/**
 * A parameter is not what it has to be.
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
