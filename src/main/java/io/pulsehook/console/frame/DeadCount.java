package io.pulsehook.console.frame;

import org.jspecify.annotations.Nullable;

/**
 * Counts the dead letters, so that all pages show the same number.
 */
@FunctionalInterface
public interface DeadCount {

	/**
	 * Returns how many there are.
	 * @return the number, as it was a moment ago if there are many; {@code null} while
	 * they are being counted and nobody has looked for long
	 */
	@Nullable Long letters();

}
