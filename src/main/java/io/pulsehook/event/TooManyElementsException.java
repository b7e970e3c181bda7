package io.pulsehook.event;

/**
 * Thrown when a body has more elements than are accepted at once. Otherwise the body may
 * be fine.
 */
public final class TooManyElementsException extends MalformedBodyException {

	TooManyElementsException(int limit, int offset) {
		super("There are more than " + limit + " elements, the next", offset);
	}

}
