package io.pulsehook.inbox.model;

import java.util.Optional;

/**
 * Ids as they are told to the outside: strings there, numbers inside.
 */
public final class Ids {

	private Ids() {
	}

	/**
	 * Reads an id.
	 * @param id what somebody says it is
	 * @return the id, unless it cannot be one
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
