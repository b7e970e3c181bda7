package io.pulsehook.test.sendpulse;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Issues tokens and recognises them.
 */
final class Logins {

	private static final Pattern PART = Pattern
		.compile("name=\"?(\\w+)\"?[^\\r\\n]*\\r?\\n(?:[^\\r\\n]+\\r?\\n)*\\r?\\n" + "([^\\r\\n]*)");

	/** When each token ends, by the clock of {@link System#nanoTime()}. */
	private final Map<String, Long> tokens = new ConcurrentHashMap<>();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile Duration lifetime = Duration.ofHours(1);

	private volatile boolean refused;

	// Tokens go on, since the caller keeps its own when tests share an application.
	void reset() {
		this.requests.set(0);
		this.lifetime = Duration.ofHours(1);
		this.refused = false;
	}

	void expire() {
		this.tokens.clear();
	}

	void lifetime(Duration lifetime) {
		this.lifetime = lifetime;
	}

	void refuse(boolean refused) {
		this.refused = refused;
		this.tokens.clear();
	}

	int requests() {
		return this.requests.get();
	}

	boolean isKnown(@Nullable String authorization) {
		if (authorization == null || !authorization.startsWith("Bearer ") || this.refused) {
			return false;
		}
		String token = authorization.substring("Bearer ".length());
		Long end = this.tokens.get(token);
		return token.equals(FakeSendPulse.API_KEY) || (end != null && end - System.nanoTime() > 0);
	}

	// How SendPulse refuses a login is not known: this body is that of other calls.
	Reply issue(@Nullable String contentType, String body) {
		this.requests.incrementAndGet();
		Map<String, String> login = read((contentType != null) ? contentType : "", body);
		if (this.refused || !"client_credentials".equals(login.get("grant_type"))
				|| !FakeSendPulse.CLIENT_ID.equals(login.get("client_id"))
				|| !FakeSendPulse.CLIENT_SECRET.equals(login.get("client_secret"))) {
			return Reply.unauthorized();
		}
		String token = UUID.randomUUID().toString();
		this.tokens.put(token, System.nanoTime() + this.lifetime.toNanos());
		return Reply.of(Reply.MAPPER.createObjectNode()
			.put("access_token", token)
			.put("token_type", "Bearer")
			.put("expires_in", this.lifetime.toSeconds()));
	}

	private static Map<String, String> read(String contentType, String body) {
		Map<String, String> login = new ConcurrentHashMap<>();
		if (contentType.startsWith("application/json")) {
			json(body).properties().forEach((field) -> login.put(field.getKey(), field.getValue().asString("")));
		}
		else if (contentType.startsWith("multipart/form-data")) {
			Matcher parts = PART.matcher(body);
			while (parts.find()) {
				login.put(parts.group(1), parts.group(2));
			}
		}
		else {
			login.putAll(parameters(body));
		}
		return login;
	}

	static JsonNode json(String body) {
		try {
			return Reply.MAPPER.readTree(body);
		}
		catch (JacksonException ex) {
			return Reply.MAPPER.missingNode();
		}
	}

	static Map<String, String> parameters(@Nullable String query) {
		Map<String, String> parameters = new ConcurrentHashMap<>();
		UriComponentsBuilder.newInstance()
			.query((query != null) ? query : "")
			.build()
			.getQueryParams()
			.forEach((name, values) -> parameters.put(name,
					(values.get(0) != null) ? URLDecoder.decode(values.get(0), StandardCharsets.UTF_8) : ""));
		return parameters;
	}

}
