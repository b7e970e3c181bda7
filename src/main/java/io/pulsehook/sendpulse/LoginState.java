package io.pulsehook.sendpulse;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether SendPulse refuses the login of an account, as far as the latest call tells. A
 * change is logged once.
 */
final class LoginState {

	private static final Log logger = LogFactory.getLog(LoginState.class);

	private final String account;

	private final InstantSource clock;

	private final AtomicReference<@Nullable Instant> refusedSince = new AtomicReference<>();

	LoginState(String account, InstantSource clock) {
		this.account = account;
		this.clock = clock;
	}

	String account() {
		return this.account;
	}

	@Nullable Instant refusedSince() {
		return this.refusedSince.get();
	}

	void refused(int status) {
		if (this.refusedSince.compareAndSet(null, this.clock.instant())) {
			logger.error("SendPulse refuses the login of the account " + this.account + " with status " + status
					+ ", so that every call through it fails and is tried again as a handler's retries allow. Set "
					+ this.account + ".client-id and .client-secret, or .api-key, to what SendPulse shows in its "
					+ "settings under API.");
		}
	}

	void accepted() {
		if (this.refusedSince.get() != null && this.refusedSince.getAndSet(null) != null) {
			logger.info("SendPulse accepts the login of the account " + this.account + " again.");
		}
	}

}
