package io.pulsehook.observe;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.RestChange.Pause;
import io.pulsehook.threads.CoreThreads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Provokes each state of health in the real service.
 */
class HealthTests {

	private static final String LIVENESS = "/actuator/health/liveness";

	private static final String READINESS = "/actuator/health/readiness";

	@Test
	void isReadyWhileTheInboxCanBeWrittenAndAliveWhateverHappens(@TempDir Path directory) {
		try (ObservedService service = new ObservedService(directory, "--pulsehook.handlers.waits.timeout=50ms")) {
			assertThat(service.get(READINESS).statusCode()).isEqualTo(200);
			assertThat(inbox(service)).isEqualTo(new JsonMapper().readTree("{\"status\":\"UP\"}"));
			Instant before = Instant.now();
			service.beginOutage();
			assertThat(service.post("open_chat")).isEqualTo(503);
			assertDownSince(before, service);
			service.endOutage();
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> service.get(READINESS).statusCode() == 200);
			service.post("link_click");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(
						() -> assertThat(inbox(service).path("details").path("hungHandlers").path("waits").asString(""))
							.isNotEmpty());
			assertThat(Instant.parse(inbox(service).path("details").path("hungHandlers").path("waits").asString()))
				.isBetween(before, Instant.now());
			assertThat(service.get(READINESS).statusCode()).isEqualTo(200);
			assertThat(service.get(LIVENESS).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void saysHowManyDeliveriesWaitForTheirTurnAfterEndsOfTheProcess(@TempDir Path directory) throws Exception {
		try (ObservedService service = new ObservedService(directory)) {
			service.post("link_click");
			service.post("link_click");
			assertThat(inbox(service).path("details").has("interruptedDeliveries")).isFalse();
			TestDatabase.SQLITE.execute(directory, "insert into pulsehook_interruption (event_id, handler, run, times) "
					+ "select event_id, handler, run, event_id from pulsehook_delivery where handler = 'waits'");
			service.post("link_click");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> inbox(service).path("details").path("interruptedDeliveries").asInt(0) == 1);
			assertThat(service.get(READINESS).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void saysWhichHandlerRestsUntilWhenAndWhyAndIsReadyNevertheless(@TempDir Path directory) {
		try (ObservedService service = new ObservedService(directory)) {
			service.post("new_subscriber");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> inbox(service).path("details").path("restingHandlers").has("busy"));
			JsonNode rest = inbox(service).path("details").path("restingHandlers").path("busy");
			assertThat(Instant.parse(rest.path("until").asString())).isAfter(Instant.now());
			assertThat(rest.path("reason").asString()).isEqualTo("io.pulsehook.RetryLaterException");
			assertThat(service.get(READINESS).statusCode()).isEqualTo(200);
			service.bean(Storage.class).deliveries().changeRest("busy", new Pause()).join();
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> inbox(service).path("details").path("pausedHandlers").has("busy"));
			assertThat(inbox(service).path("details").has("restingHandlers")).isFalse();
			assertThat(service.get(READINESS).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void saysWhichThreadIsLostWithoutWhichItIsNotReady(@TempDir Path directory) {
		try (ObservedService service = new ObservedService(directory)) {
			Inbox inbox = service.bean(Inbox.class);
			// The default listener would end this very process.
			service.bean(CoreThreads.class).whenLost((thread) -> {
			});
			inbox.listen(new InboxListener() {

				@Override
				public void committed(int writes, Duration took) {
					throw new ThreadDeath();
				}

			});
			service.post("open_chat");
			Awaitility.await()
				.dontCatchUncaughtExceptions()
				.atMost(Duration.ofSeconds(10))
				.until(() -> inbox(service).path("details").path("lostThreads").toString(),
						"[\"pulsehook-writer\"]"::equals);
			assertThat(service.get(READINESS).statusCode()).isEqualTo(503);
			assertThat(service.get(LIVENESS).statusCode()).isEqualTo(200);
			assertThat(service.post("open_chat")).isEqualTo(503);
		}
	}

	private static void assertDownSince(Instant before, ObservedService service) {
		HttpResponse<String> readiness = service.get(READINESS);
		assertThat(readiness.statusCode()).isEqualTo(503);
		JsonNode details = inbox(service).path("details");
		assertThat(Instant.parse(details.path("since").asString())).isBetween(before, Instant.now());
		assertThat(details.path("reason").asString()).contains("no such table");
		assertThat(service.get(LIVENESS).statusCode()).isEqualTo(200);
	}

	private static JsonNode inbox(ObservedService service) {
		return new JsonMapper().readTree(service.get(READINESS).body()).path("components").path("inbox");
	}

}
