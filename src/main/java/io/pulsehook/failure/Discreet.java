package io.pulsehook.failure;

import org.jspecify.annotations.Nullable;

/**
 * Implemented by exceptions whose message quotes no data, so that a log may have it.
 */
public interface Discreet {

	/**
	 * What went wrong.
	 * @return the message, or {@code null} if there is none
	 */
	@Nullable String getMessage();

}
