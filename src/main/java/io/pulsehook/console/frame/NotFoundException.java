package io.pulsehook.console.frame;

/**
 * Thrown when the event, handler, replay or source that a page should show does not
 * exist.
 */
public class NotFoundException extends RuntimeException {

	public NotFoundException(String thing, String id) {
		this("There is no " + thing + " “" + id + "”. It may have been deleted.");
	}

	/**
	 * Says that there is nothing to be shown of a contact, of whom others may know.
	 * @param id the contact's id
	 * @return what is to be thrown
	 */
	public static NotFoundException nothingOf(String id) {
		return new NotFoundException("Nothing is stored of the contact “" + id
				+ "”. Nothing of it has arrived yet, or it has been deleted or erased.");
	}

	NotFoundException(String message) {
		super(message);
	}

}
