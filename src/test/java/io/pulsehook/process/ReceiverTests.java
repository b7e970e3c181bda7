package io.pulsehook.process;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.standardwebhooks.Webhook;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the receivers of {@code docs/receivers} with what the reference library of
 * Standard Webhooks signs. A receiver whose interpreter is not installed is left out.
 */
@ParameterizedClass
@EnumSource(Interpreter.class)
class ReceiverTests {

	private static final String OLD_SECRET = "whsec_b2xkLXNlY3JldC1vbGQtc2VjcmV0LW9sZC1zZWNyZXQ=";

	private static final String SECRET = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy1vZi1yZWNlaXZlcnM=";

	private static final String FOREIGN_SECRET = "whsec_Zm9yZWlnbi1mb3JlaWduLWZvcmVpZ24tZm9yZWlnbi0=";

	private static final String EVENT = """
			{"type":"IncomingMessage","message":{"text":"Привіт 👋"},"data":{},"raw":{ "a" : 1.10 }}""";

	@TempDir
	private static Path directory;

	@SuppressWarnings("NullAway.Init")
	private static ReceiverProcess receiver;

	@Parameter
	Interpreter interpreter;

	private final HttpClient client = HttpClient.newHttpClient();

	private final String id = "42-" + UUID.randomUUID() + "-crm";

	@BeforeParameterizedClassInvocation
	static void start(Interpreter interpreter) {
		Assumptions.assumeTrue(interpreter.isInstalled(), () -> interpreter + " is not installed");
		receiver = ReceiverProcess.start(interpreter, directory.resolve(interpreter.name()), OLD_SECRET + " " + SECRET);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		receiver.close();
	}

	@Test
	void keepsWhatIsSignedByteByByteUnderItsId() throws Exception {
		assertThat(post(sign(EVENT), EVENT)).isEqualTo(204);

		assertThat(receiver.kept(this.id)).asString(StandardCharsets.UTF_8).isEqualTo(EVENT);
		assertThat(receiver.log()).contains("IncomingMessage");
	}

	@Test
	void keepsARepetitionOnce() throws Exception {
		int before = receiver.ids().size();

		assertThat(post(sign(EVENT), EVENT)).isEqualTo(204);
		assertThat(post(sign(EVENT), EVENT)).isEqualTo(204);

		assertThat(receiver.ids()).hasSize(before + 1);
	}

	@Test
	void takesAnySignatureOfASecretThatItKnows() throws Exception {
		long now = now();
		String signatures = new Webhook(FOREIGN_SECRET).sign(this.id, now, EVENT) + " "
				+ new Webhook(OLD_SECRET).sign(this.id, now, EVENT);

		assertThat(post(request(this.id, now).header("webhook-signature", signatures), EVENT)).isEqualTo(204);
	}

	@Test
	void refusesWhatAnotherSecretSigned() throws Exception {
		long now = now();
		String signature = new Webhook(FOREIGN_SECRET).sign(this.id, now, EVENT);

		assertThat(post(request(this.id, now).header("webhook-signature", signature), EVENT)).isEqualTo(401);
		assertThat(receiver.ids()).doesNotContain(this.id);
	}

	@Test
	void refusesAChangedByte() throws Exception {
		assertThat(post(sign(EVENT), EVENT.replace("1.10", "1.11"))).isEqualTo(401);
		assertThat(post(sign(EVENT), EVENT.replace("1.10", "1.1"))).isEqualTo(401);
		assertThat(receiver.ids()).doesNotContain(this.id);
	}

	@Test
	void refusesASignatureForAnotherIdOrTime() throws Exception {
		long now = now();
		String signature = new Webhook(SECRET).sign(this.id, now, EVENT);

		assertThat(post(request(this.id + "2", now).header("webhook-signature", signature), EVENT)).isEqualTo(401);
		assertThat(post(request(this.id, now + 1).header("webhook-signature", signature), EVENT)).isEqualTo(401);
	}

	@Test
	void refusesWhatIsTooOldOrTooNew() throws Exception {
		for (Duration off : new Duration[] { Duration.ofMinutes(-6), Duration.ofMinutes(6) }) {
			long time = Instant.now().plus(off).getEpochSecond();
			assertThat(post(
					request(this.id, time).header("webhook-signature", new Webhook(SECRET).sign(this.id, time, EVENT)),
					EVENT))
				.isEqualTo(401);
		}
		long time = Instant.now().minus(Duration.ofMinutes(4)).getEpochSecond();
		assertThat(
				post(request(this.id, time).header("webhook-signature", new Webhook(SECRET).sign(this.id, time, EVENT)),
						EVENT))
			.isEqualTo(204);
	}

	@Test
	void refusesWhatIsNotSigned() throws Exception {
		assertThat(post(request(this.id, now()), EVENT)).isEqualTo(401);
		assertThat(post(request(this.id, now()).header("webhook-signature", "v1,"), EVENT)).isEqualTo(401);
		assertThat(post(HttpRequest.newBuilder(receiver.uri()), EVENT)).isEqualTo(401);
	}

	@Test
	void refusesAnIdThatLeadsToAnotherDirectory() throws Exception {
		long now = now();
		String path = "../" + this.id;

		assertThat(
				post(request(path, now).header("webhook-signature", new Webhook(SECRET).sign(path, now, EVENT)), EVENT))
			.isEqualTo(401);
	}

	@Test
	void asksForARepetitionOfWhatItCannotHandle() throws Exception {
		assertThat(post(sign("{broken"), "{broken")).isEqualTo(500);
		assertThat(receiver.ids()).doesNotContain(this.id);
	}

	@Test
	void answersATestAndKeepsNothingOfIt() throws Exception {
		assertThat(post(sign(EVENT).header("pulsehook-test", "true"), EVENT)).isEqualTo(204);
		assertThat(receiver.ids()).doesNotContain(this.id);
	}

	private HttpRequest.Builder sign(String body) throws Exception {
		long now = now();
		return request(this.id, now).header("webhook-signature", new Webhook(SECRET).sign(this.id, now, body));
	}

	private static long now() {
		return Instant.now().getEpochSecond();
	}

	private static HttpRequest.Builder request(String id, long time) {
		return HttpRequest.newBuilder(receiver.uri())
			.header("webhook-id", id)
			.header("webhook-timestamp", Long.toString(time));
	}

	private int post(HttpRequest.Builder request, String body) throws Exception {
		return this.client
			.send(request.header("content-type", "application/json").POST(BodyPublishers.ofString(body)).build(),
					BodyHandlers.discarding())
			.statusCode();
	}

}
