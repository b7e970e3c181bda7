package io.pulsehook.receive;

import java.util.Locale;

/**
 * How a request ended, as it is counted.
 */
enum Outcome {

	ACCEPTED, MALFORMED, UNKNOWN_TOKEN, PROBE, METHOD, ENCODING, TOO_LARGE, TIMEOUT, ABORTED, UNAVAILABLE;

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
