package io.pulsehook.receive;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How a webhook request ended. The metric of requests and the log of refusals count by
 * it.
 */
enum RequestOutcome {

	ACCEPTED(null), PROBE(null), ABORTED(null),

	MALFORMED("they were no JSON. They are kept, as UnrecognizedEvent."),

	UNKNOWN_TOKEN("their token is not known. Compare the URLs in SendPulse with the one to paste."),

	ADDRESS("they came from none of pulsehook.allowed-addresses. Behind a proxy, set "
			+ "server.forward-headers-strategy=native, or the address is the proxy's."),

	METHOD("they used another method than POST."),

	ENCODING("they were compressed."),

	TOO_LARGE("they were larger than pulsehook.max-body-size, or of more events than pulsehook.max-elements."),

	TIMEOUT("they took longer to arrive than pulsehook.read-timeout."),

	UNAVAILABLE("nothing could be stored in time.");

	private final @Nullable String refusal;

	RequestOutcome(@Nullable String refusal) {
		this.refusal = refusal;
	}

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Why requests that ended so were refused, as the log says it, or {@code null} if
	 * they were not refused.
	 */
	@Nullable String refusal() {
		return this.refusal;
	}

}
