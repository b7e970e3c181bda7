package io.pulsehook.destination.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is posted as Standard Webhooks: the id, the time and the bytes of the body,
 * by each of the secrets. While one secret replaces another, a receiver that knows either
 * of them can verify.
 */
public final class Signatures {

	private static final String PREFIX = "whsec_";

	private static final String ALGORITHM = "HmacSHA256";

	/** The length of 24 bytes in Base64, the fewest that Standard Webhooks allows. */
	private static final int SHORTEST = 32;

	private final List<SecretKeySpec> keys;

	/**
	 * Reads the secrets.
	 * @param property the property that the secrets come from, for the message
	 * @param secrets the secrets, each 'whsec_' and Base64; with none, nothing is signed
	 * @throws IllegalArgumentException if one is no secret; the message names the
	 * property and quotes nothing
	 */
	public Signatures(String property, List<String> secrets) {
		this.keys = secrets.stream().map((secret) -> key(property, secret)).toList();
	}

	/**
	 * Reads secrets and is as strict as receivers are: many cut off the prefix without
	 * looking, and a short secret can be guessed.
	 * @param property the property that the secrets come from, for the message
	 * @param secrets the secrets
	 * @return the signatures
	 * @throws IllegalArgumentException if one is no secret, has no prefix or is too short
	 */
	static Signatures strict(String property, List<String> secrets) {
		if (!secrets.stream()
			.allMatch((secret) -> secret.startsWith(PREFIX) && secret.length() >= PREFIX.length() + SHORTEST)) {
			throw unusable(property);
		}
		return new Signatures(property, secrets);
	}

	/**
	 * Returns the headers that let the receiver recognise a repetition and verify who has
	 * sent it.
	 * @param id the id of the message, which is the same at every attempt
	 * @param time the time of this attempt
	 * @param body the body as it is sent
	 * @return {@code webhook-id}, {@code webhook-timestamp} and, if there is a secret,
	 * {@code webhook-signature}
	 */
	public Map<String, String> headers(String id, Instant time, byte[] body) {
		String timestamp = Long.toString(time.getEpochSecond());
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("webhook-id", id);
		headers.put("webhook-timestamp", timestamp);
		if (!this.keys.isEmpty()) {
			byte[] signedFirst = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
			headers.put("webhook-signature",
					this.keys.stream().map((key) -> sign(key, signedFirst, body)).collect(Collectors.joining(" ")));
		}
		return headers;
	}

	private static SecretKeySpec key(String property, String secret) {
		try {
			String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
			return new SecretKeySpec(Base64.getDecoder().decode(encoded), ALGORITHM);
		}
		catch (IllegalArgumentException ex) {
			// The cause is left out, because its message quotes a part of the secret.
			throw unusable(property);
		}
	}

	private static IllegalArgumentException unusable(String property) {
		return new IllegalArgumentException(property + " cannot be used. It is 'whsec_' and the Base64 of "
				+ "24 to 64 random bytes, for example what this prints: echo whsec_$(openssl rand -base64 32)");
	}

	private static String sign(SecretKeySpec key, byte[] signedFirst, byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			mac.update(signedFirst);
			return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", ex);
		}
	}

}
