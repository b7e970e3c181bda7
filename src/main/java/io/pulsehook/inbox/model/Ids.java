package io.pulsehook.inbox.model;

import java.util.Optional;

/**
 * Reads ids from requests. They are strings in the API and numbers in the database.
 */
public final class Ids {

	private Ids() {
	}

	/**
	 * Reads an id.
	 * @param id the text that a client sent
	 * @return the id, or nothing if the text cannot be one
	 */
	public static Optional<Long> parse(String id) {
		try {
			return Optional.of(Long.valueOf(id));
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

}
