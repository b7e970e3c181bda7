package io.pulsehook.console.frame;

/**
 * Thrown when the event, handler, replay or source that a page should show does not
 * exist.
 */
public class NotFoundException extends RuntimeException {

	public NotFoundException(String thing, String id) {
		this("There is no " + thing + " “" + id + "”. It may have been deleted.");
	}

	NotFoundException(String message) {
		super(message);
	}

}
