package io.pulsehook.console;

import java.util.Optional;

/**
 * Ids in paths: strings there, numbers inside.
 */
final class Ids {

	private Ids() {
	}

	static Optional<Long> parse(String id) {
		try {
			return Optional.of(Long.valueOf(id));
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

}
