package io.pulsehook.autoconfigure;

/**
 * The address of the page that shows an event and the exceptions of its handlers, for the
 * log.
 *
 * @param before the part before the event's id
 * @param after the part after it
 */
record EventAddress(String before, String after) {

	static EventAddress in(PulsehookProperties properties, String contextPath) {
		String root = contextPath + properties.basePath();
		if (properties.console().enabled()) {
			return new EventAddress(root + "/console/events/", "");
		}
		return new EventAddress("GET " + root + "/api/events/",
				properties.api().enabled() ? "" : " (with pulsehook.api.enabled=true)");
	}

	String of(long event) {
		return this.before + event + this.after;
	}

}
