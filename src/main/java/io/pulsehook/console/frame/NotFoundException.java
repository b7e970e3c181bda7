package io.pulsehook.console.frame;

/**
 * There is no such page, since there is no such thing.
 */
public class NotFoundException extends RuntimeException {

	public NotFoundException(String thing, String id) {
		super("There is no " + thing + " “" + id + "”. It may have been deleted.");
	}

}
