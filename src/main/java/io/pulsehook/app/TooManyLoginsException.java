package io.pulsehook.app;

import java.time.Duration;

import org.springframework.security.core.AuthenticationException;

/**
 * Thrown instead of checking a password when too many logins have failed or are being
 * checked. The client has to wait before its next login.
 */
class TooManyLoginsException extends AuthenticationException {

	private final Duration pause;

	TooManyLoginsException(Duration pause) {
		super("Too many logins have failed.");
		this.pause = pause;
	}

	Duration pause() {
		return this.pause;
	}

}
