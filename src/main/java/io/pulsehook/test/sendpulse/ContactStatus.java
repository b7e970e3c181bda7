package io.pulsehook.test.sendpulse;

/**
 * Whether a contact can be written to, with SendPulse's numbers.
 */
enum ContactStatus {

	ACTIVE(1), UNSUBSCRIBED(2), DISABLED(3), BLOCKED(4);

	private final int code;

	ContactStatus(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

}
