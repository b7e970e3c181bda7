package io.pulsehook.sendpulse.http;

import org.jspecify.annotations.Nullable;

/**
 * The token that each call of an account carries.
 */
public interface Tokens {

	/**
	 * Returns the token to call with.
	 * @return the token
	 */
	String current();

	/**
	 * Returns a token in the place of one that was refused.
	 * @param refused the refused token
	 * @return another token, or {@code null} if there is no other
	 */
	@Nullable String insteadOf(String refused);

}
