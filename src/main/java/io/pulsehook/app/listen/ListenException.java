package io.pulsehook.app.listen;

/**
 * Thrown when nothing can be listened to until somebody has changed something.
 */
class ListenException extends RuntimeException {

	private final String action;

	ListenException(String problem, String action) {
		super(problem);
		this.action = action;
	}

	/**
	 * Returns what somebody has to change.
	 */
	String action() {
		return this.action;
	}

}
