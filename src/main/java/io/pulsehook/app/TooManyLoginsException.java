package io.pulsehook.app;

import java.time.Duration;

import org.springframework.security.core.AuthenticationException;

/**
 * Somebody has to wait before the next login.
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
