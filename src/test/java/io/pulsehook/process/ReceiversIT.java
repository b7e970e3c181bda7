package io.pulsehook.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the receivers of {@code docs/receivers} take what the service sends, each
 * with a secret of its own. A receiver whose interpreter is not installed is left out.
 */
@Timeout(300)
class ReceiversIT {

	private static final List<String> BODIES = List.of(Samples.INCOMING_MESSAGE, Samples.OUTGOING_MESSAGE,
			Samples.FLOW_WEBHOOK, Samples.PAYMENT_ORDER,
			"[{\"title\":\"Привіт 👋\",\"contact\":{\"name\":\"\\ud83d\"}},{\"a\":}]");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final JsonMapper MAPPER = new JsonMapper();

	@TempDir
	Path directory;

	private final Map<Interpreter, ReceiverProcess> receivers = new EnumMap<>(Interpreter.class);

	@Test
	void takeWhatTheServiceSends() throws Exception {
		try {
			Stream.of(Interpreter.values()).filter(Interpreter::isInstalled).forEach(this::startReceiver);
			Assumptions.assumeFalse(this.receivers.isEmpty(), "Neither PHP nor Node nor Python is installed");
			try (ServiceProcess service = Launch.in(this.directory).start(environment())) {
				for (String body : BODIES) {
					assertThat(service.webhook().post(body).statusCode()).isEqualTo(200);
				}
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(service.operator().events("&status=open")).isEmpty());
				Set<String> events = ids(service.operator().events());
				assertThat(events).hasSizeGreaterThanOrEqualTo(BODIES.size());
				this.receivers.values().forEach((receiver) -> assertKept(receiver, events));
			}
		}
		finally {
			this.receivers.values().forEach(ReceiverProcess::close);
		}
	}

	private void startReceiver(Interpreter interpreter) {
		this.receivers.put(interpreter,
				ReceiverProcess.start(interpreter, this.directory.resolve(interpreter.name()), secret(interpreter)));
	}

	// Any three bytes are four letters of Base64.
	private static String secret(Interpreter interpreter) {
		return "whsec_" + ("aa" + interpreter.ordinal() + "b").repeat(8);
	}

	private Map<String, String> environment() {
		Map<String, String> environment = new HashMap<>(Map.of("SERVER_PORT", "0", "SERVER_ADDRESS", "127.0.0.1",
				"SPRING_SECURITY_USER_PASSWORD", Launch.PASSWORD, "PULSEHOOK_TOKEN", Launch.TOKEN));
		this.receivers.forEach((interpreter, receiver) -> {
			environment.put("PULSEHOOK_DESTINATIONS_" + interpreter + "_URL", receiver.uri().toString());
			environment.put("PULSEHOOK_DESTINATIONS_" + interpreter + "_SECRET", secret(interpreter));
		});
		return environment;
	}

	private static Set<String> ids(List<JsonNode> events) {
		Set<String> ids = new HashSet<>();
		events.forEach((event) -> ids.add(event.get("id").stringValue()));
		return ids;
	}

	private static void assertKept(ReceiverProcess receiver, Set<String> events) {
		List<JsonNode> kept = receiver.ids().stream().map((id) -> MAPPER.readTree(receiver.kept(id))).toList();
		assertThat(kept).as(receiver::log).hasSameSizeAs(events);
		assertThat(ids(kept)).isEqualTo(events);
	}

}
