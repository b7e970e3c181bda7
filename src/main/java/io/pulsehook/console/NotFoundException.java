package io.pulsehook.console;

/**
 * There is no such page, since there is no such thing.
 */
class NotFoundException extends RuntimeException {

	NotFoundException(String thing, String id) {
		super("There is no " + thing + " “" + id + "”. It may have been deleted.");
	}

}
