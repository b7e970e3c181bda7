package io.pulsehook.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import com.standardwebhooks.Webhook;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the code that {@code docs/receivers} has for n8n. Node runs it, and gives it what
 * a Code node would give.
 */
class N8nCodeTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final String SECRET = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy1vZi1yZWNlaXZlcnM=";

	private static final String ID = "42-1769860801123-crm";

	private static final String EVENT = """
			{"type":"IncomingMessage","message":{"text":"Привіт 👋"},"raw":{ "a" : 1.10 }}""";

	private static final String CODE_NODE = """
			const code = require('fs').readFileSync(0, 'utf8').replace(/whsec_[^']+/, process.env.SECRET);
			const AsyncFunction = (async () => {}).constructor;
			const input = { first: () => ({ json: { headers: JSON.parse(process.env.HEADERS) } }) };
			const helpers = { getBinaryDataBuffer: async (item, name) =>
			  item === 0 && name === 'data' ? Buffer.from(process.env.BODY, 'base64') : null };
			new AsyncFunction('$input', 'require', code).call({ helpers }, input, require)
			  .then((items) => console.log(JSON.stringify(items)), (error) => console.log('failed: ' + error.message));
			""";

	@BeforeAll
	static void needsNode() {
		Assumptions.assumeTrue(Interpreter.NODE.isInstalled(), "Node is not installed");
	}

	@Test
	void handsOnWhatIsSigned() throws Exception {
		JsonNode items = MAPPER.readTree(run(headers(EVENT, Instant.now()), EVENT));

		assertThat(items).hasSize(1);
		assertThat(items.at("/0/json/key").stringValue()).isEqualTo(ID);
		assertThat(items.at("/0/json/test").booleanValue()).isFalse();
		assertThat(items.at("/0/json/event")).isEqualTo(MAPPER.readTree(EVENT));
	}

	@Test
	void failsIfTheBytesAreOthers() throws Exception {
		assertThat(run(headers(EVENT, Instant.now()), EVENT.replace("1.10", "1.1")))
			.startsWith("failed: This was not sent by Pulsehook");
	}

	@Test
	void failsIfThePostIsOldOrNotSigned() throws Exception {
		assertThat(run(headers(EVENT, Instant.now().minusSeconds(360)), EVENT)).startsWith("failed: This was not sent");
		assertThat(run(Map.of("webhook-id", ID), EVENT)).startsWith("failed: This was not sent");
	}

	private static Map<String, String> headers(String body, Instant time) throws Exception {
		long seconds = time.getEpochSecond();
		return Map.of("webhook-id", ID, "webhook-timestamp", Long.toString(seconds), "webhook-signature",
				"v1,Zm9yZWlnbg== " + new Webhook(SECRET).sign(ID, seconds, body));
	}

	private static String run(Map<String, String> headers, String body) throws Exception {
		ProcessBuilder builder = new ProcessBuilder("node", "-e", CODE_NODE)
			.redirectInput(Path.of("docs/receivers/n8n.js").toFile());
		builder.environment()
			.putAll(Map.of("SECRET", SECRET, "HEADERS", MAPPER.writeValueAsString(headers), "BODY",
					Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8))));
		return Commands.output(builder);
	}

}
