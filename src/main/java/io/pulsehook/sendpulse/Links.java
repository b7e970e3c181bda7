package io.pulsehook.sendpulse;

import java.net.URI;

/**
 * Checks addresses that are sent to people or fetched by SendPulse.
 */
final class Links {

	private Links() {
	}

	/**
	 * Returns an address that can be sent.
	 * @throws IllegalArgumentException if it is none; the message does not quote it,
	 * since it can be meant for one person
	 */
	static String check(String url) {
		if (!isAddress(url)) {
			throw new IllegalArgumentException(
					"An address to send begins with https:// or http:// and has a host; this one of " + url.length()
							+ " characters does not.");
		}
		return url;
	}

	private static boolean isAddress(String url) {
		try {
			URI address = URI.create(url);
			return address.getHost() != null
					&& ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
