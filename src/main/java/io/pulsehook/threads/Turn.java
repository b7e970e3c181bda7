package io.pulsehook.threads;

import java.time.Duration;

/**
 * The work of a {@link GuardedLoop}, which it does again and again.
 */
@FunctionalInterface
public interface Turn {

	/**
	 * Takes one turn. Whatever it throws, it is taken again.
	 * @param self the loop, which tells when it is to stop
	 * @return how long to pause before the next one
	 * @throws Exception whatever goes wrong
	 */
	Duration take(GuardedLoop self) throws Exception;

	/**
	 * Whether turns have to be taken although the loop has been stopped.
	 * @return {@code true} if so
	 */
	default boolean hasMore() {
		return false;
	}

	/** Does what is to be done when the thread ends, however it ends. */
	default void end() {
	}

}
