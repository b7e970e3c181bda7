package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.plugin.test.AnswerRedactionPlugin;
import io.pulsehook.test.sendpulse.FakeAnswer;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers contacts while SendPulse refuses and fails in every way, and looks for logins,
 * texts and people in the log, in the spans and observations, and in the metrics.
 */
@Timeout(300)
class AnswerRedactionIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String PHONE = "380985236985";

	/** How the API can answer, with what must not be repeated in each body. */
	private static final List<FakeAnswer> FAILURES = List.of(FakeAnswer.status(400, refusal("contact_id")),
			FakeAnswer.status(403, refusal("error")), FakeAnswer.status(404, refusal("id")),
			FakeAnswer.status(422, refusal("message")),
			FakeAnswer.status(200, "{\"success\":false,\"data\":\"" + PHONE), FakeAnswer.tooManyRequests("1"),
			FakeAnswer.status(500, refusal("error")), FakeAnswer.html(502), FakeAnswer.cutConnection());

	private final FakeSendPulse sendPulse = new FakeSendPulse();

	private final HttpReceiver collector = new HttpReceiver();

	@TempDir
	Path directory;

	@AfterEach
	void stop() {
		this.sendPulse.close();
		this.collector.close();
	}

	private static String refusal(String field) {
		return "{\"success\":false,\"errors\":{\"" + field + "\":[\"" + PHONE + " of secret-of-the-answer\"]}}";
	}

	@Test
	void tellsNeitherLoginsNorTextsNorPeople() throws Exception {
		Launch launch = Launch.in(this.directory).plugin(AnswerRedactionPlugin.class).with(arguments());
		try (ServiceProcess service = launch.start()) {
			post(service, 0);
			for (int i = 0; i < FAILURES.size(); i++) {
				this.sendPulse.failNext((i % 2 == 0) ? "contacts/send" : "contacts/get", FAILURES.get(i));
				post(service, i + 1);
			}
			this.sendPulse.refuseLogins(true);
			post(service, FAILURES.size() + 1);
			Awaitility.await().atMost(PATIENCE).until(() -> spans().contains("handle answeringHandler"));
			String told = service.operator().send("/actuator/health").body()
					+ service.operator().send("/actuator/prometheus").body();
			service.kill();
			assertThatClean("health and metrics", told);
			assertThatClean("log", service.log());
			assertThatClean("spans", spans());
			String observations = Files.readString(launch.record());
			assertThat(observations).contains("pulsehook.trace.attempt", "handler=answeringHandler");
			assertThatClean("observations", observations);
		}
		assertThat(this.sendPulse.sent()).as("Messages that reached somebody").isNotEmpty();
	}

	private String[] arguments() {
		List<String> arguments = new ArrayList<>(List.of("--pulsehook.defaults.max-retries=1",
				"--pulsehook.defaults.delay=50ms", "--pulsehook.defaults.jitter=0", "--pulsehook.defaults.breaker=0",
				"--management.tracing.sampling.probability=1",
				"--management.opentelemetry.tracing.export.otlp.endpoint=" + this.collector.url()));
		this.sendPulse.properties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return arguments.toArray(String[]::new);
	}

	// Each is waited for, so that a failure hits the event that it is meant for.
	private static void post(ServiceProcess service, int number) throws Exception {
		assertThat(service.webhook().post(new Posted(PHONE, number).json()).statusCode()).isEqualTo(200);
		awaitEnded(service.operator(), number + 1);
	}

	private static void awaitEnded(OperatorClient operator, int deliveries) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(operator.get("/api/deliveries?handler=answeringHandler").get("items"))
				.hasSize(deliveries)
				.noneMatch((delivery) -> delivery.get("finishedAt").isNull()));
	}

	// The spans are no text, but all texts in them are as they are.
	private String spans() {
		return this.collector.all().stream().map(HttpReceiver.Received::text).collect(Collectors.joining());
	}

	private static void assertThatClean(String where, String text) {
		for (String secret : List.of(PHONE, "secret-of-the", "words to", "words about", FakeSendPulse.CLIENT_SECRET,
				FakeSendPulse.CLIENT_ID, "Bearer ", "access_token")) {
			int index = text.indexOf(secret);
			String around = (index < 0) ? ""
					: text.substring(Math.max(0, index - 300), Math.min(text.length(), index + 100));
			assertThat(around).as("'%s' in the %s", secret, where).isEmpty();
		}
	}

}
