package io.pulsehook.failure;

import org.jspecify.annotations.Nullable;

/**
 * Marks exceptions whose message quotes no data, so that it may be logged.
 */
public interface Discreet {

	/**
	 * What went wrong.
	 * @return the message, or {@code null} if there is none
	 */
	@Nullable String getMessage();

}
