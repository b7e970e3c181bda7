package io.pulsehook.alerts;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.observe.ObservedService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Provokes each alarm in the real service.
 */
class AlarmTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	Path directory;

	private final HttpReceiver receiver = new HttpReceiver();

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void tellsOfAllThatGoesWrong() {
		try (ObservedService service = start("--pulsehook.alerts.silence=2s")) {
			await("silence");
			service.post("bot_block");
			JsonNode dead = await("dead");
			assertThat(dead.path("handler").asString()).isEqualTo("hopeless");
			assertThat(dead.path("type").asString()).isEqualTo("BotBlock");
			assertThat(dead.path("error").asString()).isEqualTo("io.pulsehook.UnrecoverableEventException");
			service.post("unsubscribe");
			assertThat(await("failing").path("count").asInt()).isPositive();
			service.post("link_click");
			service.post("link_click");
			assertThat(await("backlog").path("handler").asString()).isEqualTo("waits");
			service.beginOutage();
			assertThat(service.post("open_chat")).isEqualTo(503);
			service.endOutage();
			await("outage");
			assertThat(this.receiver.all()).extracting(HttpReceiver.Received::text)
				.allSatisfy((body) -> assertThat(body).doesNotContain(ObservedService.SECRETS));
			assertThatAlarmsAreListedOnlyWhenAskedFor(service.bean(StoredEvents.class));
			assertThat(service.get("/api/handlers").body()).contains(AlertHandler.ID);
		}
	}

	@Test
	void tellsOfARestAndOfItsEnd() throws SQLException {
		try (ObservedService service = start()) {
			service.post("new_subscriber");
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(service.get("/api/handlers").body()).contains("\"resting\""));
			TestDatabase.SQLITE.execute(this.directory,
					"update pulsehook_handler set rest_since = rest_since - 120000 where id = 'busy'");
			JsonNode resting = await("resting");
			assertThat(resting.path("handler").asString()).isEqualTo("busy");
			assertThat(resting.path("error").asString()).isEqualTo("io.pulsehook.RetryLaterException");
			assertThat(resting.path("count").asInt()).isEqualTo(1);
			TestDatabase.SQLITE.execute(this.directory,
					"update pulsehook_handler set rest_since = null, rest_until = null where id = 'busy'");
			JsonNode recovered = await("recovered");
			assertThat(recovered.path("handler").asString()).isEqualTo("busy");
			assertThat(recovered.path("since").asString()).isEqualTo(resting.path("since").asString());
			assertThat(alarms("resting")).hasSize(1);
			assertThat(this.receiver.all()).extracting(HttpReceiver.Received::text)
				.allSatisfy((body) -> assertThat(body).doesNotContain(ObservedService.SECRETS));
		}
	}

	private void assertThatAlarmsAreListedOnlyWhenAskedFor(StoredEvents events) {
		assertThat(events.page(EventFilter.ALL, null, 500).events()).isNotEmpty()
			.noneMatch((event) -> event.kind() == EventKind.ALERT);
		EventFilter alarms = EventFilter.builder().kind(EventKind.ALERT).build();
		assertThat(events.page(alarms, null, 500).events()).isNotEmpty()
			.allMatch((event) -> event.type().equals("Alert"));
	}

	@Test
	@Tag("thorough")
	void triesAgainUntilTheReceiverTakesIt() {
		this.receiver.answer(500);
		try (ObservedService service = start("--pulsehook.handlers.pulsehook-alerts.delay=100ms",
				"--pulsehook.handlers.pulsehook-alerts.jitter=0")) {
			service.post("bot_block");
			Awaitility.await().atMost(PATIENCE).until(() -> this.receiver.all().size() >= 2);
			this.receiver.answer(200);
			await("dead");
			assertThat(this.receiver.all()).extracting((received) -> received.header("webhook-id"))
				.containsOnly(this.receiver.all().get(0).header("webhook-id"));
		}
	}

	@Test
	@Tag("thorough")
	void makesNoAlarmOfAnAlarmThatNobodyTakes() {
		this.receiver.answer(500);
		try (ObservedService service = start("--pulsehook.handlers.pulsehook-alerts.max-retries=0")) {
			service.post("bot_block");
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(service.get("/api/deliveries?handler=pulsehookAlerts").body())
					.contains("\"dead\""));
			Awaitility.await()
				.during(Duration.ofSeconds(5))
				.atMost(PATIENCE)
				.until(() -> this.receiver.all()
					.stream()
					.noneMatch((received) -> received.text().contains(AlertHandler.ID)));
			assertThat(this.receiver.all()).hasSizeLessThanOrEqualTo(2);
		}
	}

	private ObservedService start(String... more) {
		List<String> arguments = new ArrayList<>(
				List.of("--pulsehook.alerts.url=" + this.receiver.url(), "--pulsehook.alerts.pause=1ms",
						"--pulsehook.alerts.failing-for=1s", "--pulsehook.alerts.backlog-age=1s"));
		arguments.addAll(List.of(more));
		return new ObservedService(this.directory, arguments.toArray(String[]::new));
	}

	// Waits until an alarm of the kind has arrived, and returns the first one.
	private JsonNode await(String kind) {
		Awaitility.await().atMost(PATIENCE).until(() -> !alarms(kind).isEmpty());
		return alarms(kind).get(0);
	}

	private List<JsonNode> alarms(String kind) {
		return this.receiver.all()
			.stream()
			.flatMap((received) -> new JsonMapper().readTree(received.text()).path("data").path("alarms").valueStream())
			.filter((alarm) -> alarm.path("kind").asString().equals(kind))
			.toList();
	}

}
