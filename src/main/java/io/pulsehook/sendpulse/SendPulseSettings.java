package io.pulsehook.sendpulse;

import java.net.URI;
import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An account of SendPulse: either {@code clientId} and {@code clientSecret}, or
 * {@code apiKey}.
 *
 * @param clientId ID of the account's REST API.
 * @param clientSecret Secret of the account's REST API.
 * @param apiKey API key of the account, in the place of ID and secret.
 * @param url Address of SendPulse's API.
 * @param timeout Time in which SendPulse must have answered a call.
 */
public record SendPulseSettings(@Nullable String clientId, @Nullable String clientSecret, @Nullable String apiKey,
		@DefaultValue(SendPulseSettings.URL) URI url, @DefaultValue("10s") @DurationMin(millis = 1) Duration timeout) {

	/** The address of SendPulse's API. */
	public static final String URL = "https://api.sendpulse.com";

	/**
	 * Leaves out what may be a secret, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "SendPulseSettings[timeout=" + this.timeout + "]";
	}

}
