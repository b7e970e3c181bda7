package io.pulsehook.receive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Samples;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what must hold for any body. Each run of a test takes the same bodies, each try
 * its own seed, which a failure names; {@code -Dfuzz.tries} makes it try more of them.
 */
@ExtendWith(OutputCaptureExtension.class)
class FuzzTests {

	private static final long TRIES = Long.getLong("fuzz.tries", 300);

	// The service gets a new directory now and then, since a long run would fill the
	// disk.
	private static final long TRIES_OF_A_SERVICE = 50_000;

	private static final String HERE = "put the value here";

	private static final JsonMapper JSON = new JsonMapper();

	private static final List<String> SAMPLES = List.of(Samples.NEW_SUBSCRIBER, Samples.INCOMING_MESSAGE,
			Samples.OUTGOING_MESSAGE, Samples.OPEN_CHAT, Samples.RUN_CUSTOM_FLOW, Samples.LINK_CLICK,
			Samples.UNSUBSCRIBE, Samples.BOT_BLOCK, Samples.FAILED_DELIVERY, Samples.FLOW_WEBHOOK,
			Samples.PAYMENT_ORDER);

	private static final List<String> CONTENT_TYPES = List.of("application/json", "text/plain",
			"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense");

	@TempDir
	private Path directory;

	@Test
	void noBytesGetAServerError(CapturedOutput output) {
		forEachTry((service, random) -> {
			byte[] body = bytes(random);
			Reply reply = service.send(RunningService.webhook("Content-Type: " + any(random, CONTENT_TYPES)), body);
			assertThat(reply.status()).isIn(200, 400);
		});
		assertThat(output).doesNotContain(" ERROR ");
	}

	@Test
	void noRequestGetsAServerErrorOrAnAnswerFromBehindTheLogin(CapturedOutput output) {
		forEachTry((service, random) -> {
			byte[] request = (RunningService.head(any(random, List.of("GET", "POST", "PUT")),
					any(random, List.of("/webhooks/" + EdgeServer.TOKEN, "/webhooks/x", "/api/events", "/")),
					"Content-Length: 2") + "\r\n[]")
				.getBytes(StandardCharsets.ISO_8859_1);
			scatter(random, request, request.length / 2);
			try (RawHttp http = service.connect()) {
				http.send(request).endOutput();
				assertThat(http.readStatusOrEnd()).isNotIn(500, 502, 504);
			}
		});
		assertThat(output).doesNotContain(" ERROR ");
	}

	@Test
	void anyValueInAnyPlaceIsKeptByteForByteAndBindsOrSaysWhyNot(CapturedOutput output) {
		EventReader reader = new EventReader();
		forEachTry((service, random) -> {
			String element = element(random);
			Reply reply = service.send(RunningService.webhook(), bytes("[" + element + "]"));
			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.body()).startsWith("{\"accepted\":1,");
			StoredEvent event = service.newest(1).get(0);
			byte[] kept = service.body(event);
			assertThat(kept).isEqualTo(bytes(element));
			assertThat(reader.toJson(reader.read(kept)).isObject()).isTrue();
			assertThat(event.type().equals("UnrecognizedEvent")).isEqualTo(event.reason() != null);
			assertThat(event.reason()).satisfiesAnyOf((reason) -> assertThat(reason).isNull(),
					(reason) -> assertThat(reason).isNotBlank());
		});
		assertThat(output).doesNotContain(" ERROR ");
	}

	private void forEachTry(Property property) {
		for (long start = 0; start < TRIES; start += TRIES_OF_A_SERVICE) {
			try (RunningService service = new RunningService(this.directory.resolve("from-" + start))) {
				for (long seed = start; seed < Math.min(TRIES, start + TRIES_OF_A_SERVICE); seed++) {
					attempt(property, service, seed);
				}
			}
		}
	}

	private static void attempt(Property property, RunningService service, long seed) {
		try {
			property.check(service, new Random(seed));
		}
		catch (IOException | AssertionError ex) {
			throw new AssertionError("With seed " + seed + ": " + ex.getMessage(), ex);
		}
	}

	private static byte[] bytes(Random random) {
		byte[] body = switch (random.nextInt(4)) {
			case 0 -> random(random, random.nextInt(200));
			case 1 -> bytes(alphabet(random, "[]{}\",:\\ \n0e.-tfn\u0456\0\uFEFF%+=&"));
			case 2 -> bytes(any(random, SAMPLES));
			default -> bytes("[" + element(random) + "," + element(random) + "]");
		};
		if (body.length > 0 && random.nextBoolean()) {
			scatter(random, body, body.length);
			return Arrays.copyOf(body, random.nextInt(body.length + 1));
		}
		return body;
	}

	private static byte[] random(Random random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	private static void scatter(Random random, byte[] bytes, int within) {
		for (int i = random.nextInt(5); i > 0; i--) {
			bytes[random.nextInt(within)] = (byte) random.nextInt(256);
		}
	}

	private static String alphabet(Random random, String characters) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(40); i > 0; i--) {
			text.append(characters.charAt(random.nextInt(characters.length())));
		}
		return text.toString();
	}

	// Returns a sample with a random value in a random place, and something that no other
	// one has.
	private static String element(Random random) {
		JsonNode root = JSON.readTree(any(random, SAMPLES));
		ObjectNode sample = (ObjectNode) (root.isArray() ? root.get(0) : root);
		List<Consumer<String>> places = new ArrayList<>();
		collectPlaces(sample, places);
		sample.put("random", random.nextLong());
		any(random, places).accept(HERE);
		return sample.toString().replace("\"" + HERE + "\"", value(random, 4));
	}

	private static void collectPlaces(JsonNode node, List<Consumer<String>> places) {
		if (node instanceof ObjectNode object) {
			object.propertyStream().toList().forEach((property) -> {
				places.add((text) -> object.put(property.getKey(), text));
				collectPlaces(property.getValue(), places);
			});
		}
		else if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				int index = i;
				places.add((text) -> array.set(index, text));
				collectPlaces(array.get(i), places);
			}
		}
	}

	private static String value(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 7 : 4)) {
			case 0 -> string(random);
			case 1 -> any(random, List.of("0", "-0", "1e5", "-1.50", "1E400", "1e-400", "1e999999999",
					"9".repeat(random.nextInt(1_200) + 1), "1700000000", "99999999999999999999", "0.1"));
			case 2 -> any(random, List.of("true", "false", "null", "[]", "{}", "\"\"", "\" \""));
			case 3 -> String.valueOf(random.nextLong());
			case 4 -> "[" + value(random, depth - 1) + " ,\n" + value(random, depth - 1) + "]";
			case 5 -> "{" + string(random) + " : " + value(random, depth - 1) + "," + string(random) + ":"
					+ value(random, depth - 1) + "}";
			default -> nested(random.nextInt(600), value(random, 0));
		};
	}

	private static String nested(int depth, String value) {
		return "[".repeat(depth) + value + "]".repeat(depth);
	}

	private static String string(Random random) {
		List<String> parts = List.of("a", "id", "title", "\\\"", "\\\\", "\\/", "[", "}", ",", ":", "\u0456",
				"\uD83D\uDE00", "\\u005d", "\\u0000", "\\ud83d", "\\ude00", "\\ud83d\\ude00", "\u007f", "\uFEFF",
				"\u2028", "https://e.com/a.jpg", "x".repeat(random.nextInt(300)));
		StringBuilder text = new StringBuilder("\"");
		for (int i = random.nextInt(6); i > 0; i--) {
			text.append(any(random, parts));
		}
		return text.append('"').toString();
	}

	private static <T> T any(Random random, List<T> values) {
		return values.get(random.nextInt(values.size()));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@FunctionalInterface
	interface Property {

		void check(RunningService service, Random random) throws IOException;

	}

}
