package io.pulsehook.process;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.reconcile.LostMessages;
import io.pulsehook.test.sendpulse.ApiRequest;
import io.pulsehook.test.sendpulse.FakeSendPulse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the service in the middle of a reconciliation, at the rate that SendPulse allows,
 * and lets it go on: what was lost is found and stored once all the same.
 */
@Timeout(300)
@Tag("thorough")
class ReconciliationIT {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int CONTACTS = 50;

	private static final int LOSSES = 14;

	private final FakeSendPulse sendPulse = new FakeSendPulse();

	private final HttpReceiver collector = new HttpReceiver();

	private final LostMessages messages = new LostMessages(this.sendPulse, Instant.now()).converse(CONTACTS, LOSSES)
		.withOthers()
		.withErased(2);

	@TempDir
	Path directory;

	@AfterEach
	void stop() {
		this.sendPulse.close();
		this.collector.close();
	}

	@Test
	void goesOnAfterAKill() throws Exception {
		String id;
		try (ServiceProcess service = launch().start()) {
			post(service);
			id = start(service);
			awaitHistories(CONTACTS / 2);
			service.kill();
			assertThatNothingIsTold(service);
		}
		try (ServiceProcess service = launch().start()) {
			awaitDone(service, id);
			assertThatExactlyTheLostAreFoundAndStoredOnce(service, id);
			assertThatNothingIsTold(service);
		}
	}

	@Test
	void anotherReplicaGoesOnAfterAKill() throws Exception {
		Launch launch = launch().with("--spring.datasource.url=" + PostgresqlServer.url(PostgresqlServer.createEmpty()),
				"--pulsehook.lease=5s");
		try (ServiceProcess one = launch.start(); ServiceProcess other = launch.start()) {
			post(one);
			String id = start(one);
			assertThat(start(other)).isEqualTo(id);
			awaitHistories(CONTACTS / 2);
			one.kill();
			awaitDone(other, id);
			assertThatExactlyTheLostAreFoundAndStoredOnce(other, id);
			assertThatNothingIsTold(one);
			assertThatNothingIsTold(other);
		}
	}

	private Launch launch() {
		return Launch.in(this.directory)
			.with("--management.tracing.sampling.probability=1",
					"--management.opentelemetry.tracing.export.otlp.endpoint=" + this.collector.url())
			.with(this.sendPulse.properties()
				.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
	}

	private void post(ServiceProcess service) throws Exception {
		assertThat(service.webhook().post("[" + String.join(",", this.messages.webhooks()) + "]").statusCode())
			.isEqualTo(200);
		for (String contact : this.messages.erased()) {
			assertThat(service.operator().delete("/api/contacts/" + contact).statusCode()).isEqualTo(200);
		}
	}

	private static String start(ServiceProcess service) {
		HttpResponse<String> started = service.operator().post("/api/reconciliations");
		assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
		return JsonMapper.shared().readTree(started.body()).path("id").stringValue();
	}

	private void awaitHistories(int calls) {
		Awaitility.await().atMost(PATIENCE).until(() -> histories().count() >= calls);
	}

	private Stream<ApiRequest> histories() {
		return this.sendPulse.requests().stream().filter((request) -> request.operation().equals("chats/messages"));
	}

	private static void awaitDone(ServiceProcess service, String id) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> !service.operator()
				.get("/api/reconciliations/" + id)
				.path("status")
				.stringValue()
				.equals("running"));
	}

	private void assertThatExactlyTheLostAreFoundAndStoredOnce(ServiceProcess service, String id) {
		JsonNode done = service.operator().get("/api/reconciliations/" + id);
		assertThat(done.path("status").stringValue()).as(done.path("error").asString()).isEqualTo("done");
		assertThat(done.path("missing").valueStream().map(ReconciliationIT::key))
			.containsExactlyInAnyOrderElementsOf(this.messages.lost());
		HttpResponse<String> stored = service.operator().post("/api/reconciliations/" + id + "/store");
		assertThat(stored.body()).isEqualTo("{\"stored\":" + this.messages.lost().size() + "}");
		assertThat(service.operator().post("/api/reconciliations/" + id + "/store").body()).isEqualTo("{\"stored\":0}");
		List<String> all = new ArrayList<>();
		service.operator()
			.events()
			.forEach((event) -> all.add(LostMessages
				.key(service.operator().send("/api/events/" + event.path("id").stringValue() + "/raw").body())));
		assertThat(all).containsExactlyInAnyOrderElementsOf(this.messages.all());
		assertThat(this.sendPulse.requests()).extracting(ApiRequest::status)
			.as("The limit was kept")
			.doesNotContain(429);
		assertThat(histories().map((request) -> request.query().get("contact_id")))
			.noneMatch((contact) -> contact.startsWith("foreign-") || contact.startsWith("erased-"));
	}

	private static String key(JsonNode message) {
		return LostMessages.key(message.path("contact").stringValue(), message.path("text").stringValue(null),
				Instant.parse(message.path("at").stringValue()));
	}

	private void assertThatNothingIsTold(ServiceProcess service) {
		String told = service.log()
				+ String.join("\n", this.collector.all().stream().map(HttpReceiver.Received::text).toList());
		assertThat(told).doesNotContain("lost ", "c00001", FakeSendPulse.CLIENT_SECRET);
	}

}
