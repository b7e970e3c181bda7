package io.pulsehook.sendpulse;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.sendpulse.http.AccessToken;
import io.pulsehook.sendpulse.http.LoginApi;

/**
 * Logs in with the id and the secret of an account.
 */
final class Login {

	/** How long a token lives if SendPulse does not say so. */
	private static final Duration LIFETIME = Duration.ofHours(1);

	/**
	 * What a header can carry. The HTTP client quotes a header that it refuses.
	 */
	private static final Pattern TOKEN = Pattern.compile("[!-~]+");

	private final AccountCalls account;

	private final LoginApi api;

	private final byte[] request;

	Login(AccountCalls account, LoginApi api, String clientId, String clientSecret) {
		this.account = account;
		this.api = api;
		this.request = JsonMapper.shared()
			.writeValueAsBytes(
					Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret));
	}

	/**
	 * Gets a new token.
	 * @throws LoginRefusedException if SendPulse refuses to give one
	 * @throws io.pulsehook.RetryLaterException if SendPulse asks for a pause
	 * @throws SendPulseException if it failed in any other way
	 */
	AccessToken token() {
		JsonNode answer = this.account.login(() -> this.api.login(this.request)).body();
		String token = answer.path("access_token").asString("").strip();
		if (!TOKEN.matcher(token).matches()) {
			throw new SendPulseException("SendPulse answered the login without a token that can be sent.", null);
		}
		long seconds = answer.path("expires_in").asLong(0);
		return new AccessToken(token, (seconds > 0) ? Duration.ofSeconds(seconds) : LIFETIME);
	}

}
