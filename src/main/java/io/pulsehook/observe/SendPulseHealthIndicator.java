package io.pulsehook.observe;

import java.time.Instant;
import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.pulsehook.sendpulse.SendPulse;

/**
 * Shows the accounts whose login SendPulse refuses. It is always up: webhooks are
 * received even so, and no restart would help.
 */
public final class SendPulseHealthIndicator extends AbstractHealthIndicator {

	private final SendPulse sendPulse;

	/**
	 * Creates the indicator.
	 * @param sendPulse knows whose login is refused
	 */
	public SendPulseHealthIndicator(SendPulse sendPulse) {
		this.sendPulse = sendPulse;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		Map<String, Instant> refused = this.sendPulse.refusedLogins();
		if (!refused.isEmpty()) {
			builder.withDetail("refusedLogins", refused);
		}
	}

}
