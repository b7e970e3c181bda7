package io.pulsehook.sendpulse.http;

import org.jspecify.annotations.Nullable;

/**
 * A key that serves as token for ever.
 *
 * @param current the key
 */
public record ApiKey(String current) implements Tokens {

	@Override
	public @Nullable String insteadOf(String refused) {
		return null;
	}

	/**
	 * Leaves the key out, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "ApiKey[]";
	}

}
