package io.pulsehook.event;

/**
 * A body that has more elements than are accepted at once, and may be fine otherwise.
 */
public final class TooManyElementsException extends MalformedBodyException {

	TooManyElementsException(int limit, int offset) {
		super("There are more than " + limit + " elements, the next", offset);
	}

}
