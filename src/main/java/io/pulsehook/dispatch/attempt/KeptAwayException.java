package io.pulsehook.dispatch.attempt;

/**
 * Thrown instead of calling a handler whose filters keep an event away in all processes.
 * The delivery is done, which says nothing about the handler.
 */
final class KeptAwayException extends Exception {

	KeptAwayException() {
		super("The handler's filter keeps the event away.", null, false, false);
	}

}
