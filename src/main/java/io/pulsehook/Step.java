package io.pulsehook;

/**
 * Work of a handler that is done once for a delivery, whatever the number of attempts.
 *
 * @param <X> the exception that it may throw; the compiler finds it for a lambda
 * @see Delivery#once(String, Step)
 */
@FunctionalInterface
public interface Step<X extends Exception> {

	/**
	 * Does the work.
	 * @throws X if it was not done, so that the next attempt does it again
	 */
	void run() throws X;

}
