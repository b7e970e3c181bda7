package io.pulsehook.sendpulse.http;

import java.time.Duration;

/**
 * A token that a login gave.
 *
 * @param value the token
 * @param lifetime how long it can be used
 */
public record AccessToken(String value, Duration lifetime) {

	/**
	 * Leaves the token out, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "AccessToken[lifetime=" + this.lifetime + "]";
	}

}
