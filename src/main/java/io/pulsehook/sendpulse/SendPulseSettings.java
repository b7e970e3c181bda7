package io.pulsehook.sendpulse;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

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

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Set<String> SCHEMES = Set.of("https", "http");

	/**
	 * What a header can carry. The HTTP client quotes a header that it refuses.
	 */
	private static final Pattern KEY = Pattern.compile("[!-~]+");

	/**
	 * Checks what the constraints of single properties cannot express. A blank text
	 * counts as none, and space around one, such as the end of a line of a file, is left
	 * out.
	 * @throws IllegalArgumentException if nobody could log in with the account; the
	 * message names no value
	 */
	public SendPulseSettings {
		clientId = textOf(clientId);
		clientSecret = textOf(clientSecret);
		apiKey = textOf(apiKey);
		if ((clientId != null) != (clientSecret != null)) {
			throw new IllegalArgumentException((clientId != null) ? "client-secret is missing beside client-id"
					: "client-id is missing beside client-secret");
		}
		if (clientId != null && apiKey != null) {
			throw new IllegalArgumentException(
					"both client-id and api-key are set, but an account has one login: remove one of them");
		}
		if (apiKey != null && !KEY.matcher(apiKey).matches()) {
			throw new IllegalArgumentException("api-key has characters that no key has: copy it once more");
		}
		if (url.getHost() == null || !SCHEMES.contains(url.getScheme())) {
			throw new IllegalArgumentException("url must begin with https:// or http:// and name a host");
		}
	}

	private static @Nullable String textOf(@Nullable String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

	/**
	 * An account with an API key, at SendPulse's own address.
	 * @param apiKey the key
	 * @return the settings
	 */
	public static SendPulseSettings ofKey(String apiKey) {
		return new SendPulseSettings(null, null, apiKey, URI.create(URL), TIMEOUT);
	}

	/**
	 * Returns the same account at another address.
	 * @param url the address of the API
	 * @return the settings
	 */
	public SendPulseSettings at(URI url) {
		return new SendPulseSettings(this.clientId, this.clientSecret, this.apiKey, url, this.timeout);
	}

	/**
	 * Tells whether there is something to log in with.
	 * @return {@code false} if neither id and secret nor a key are set
	 */
	public boolean hasLogin() {
		return this.clientId != null || this.apiKey != null;
	}

	/**
	 * Leaves out what may be a secret, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "SendPulseSettings[timeout=" + this.timeout + "]";
	}

}
