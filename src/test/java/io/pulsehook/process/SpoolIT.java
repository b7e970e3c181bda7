package io.pulsehook.process;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.destination.http.HttpReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the database away from a service with a spool, under load: each webhook is
 * answered with 200, in time, and afterwards each is stored once and handled in order.
 */
@Timeout(600)
class SpoolIT {

	private static final Duration SHORT = Duration.ofSeconds(8);

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int CLIENTS = 16;

	private static final int CONTACTS = 8;

	private static final Duration PAUSE = Duration.ofMillis(50);

	/**
	 * Four services share the machine for a minute, and each has to handle all it got.
	 */
	private static final Duration LONG_PAUSE = Duration.ofMillis(200);

	private static final int BUSY = 200;

	/** The time includes what a busy machine may add. */
	private static final Duration FIRST_ANSWER = SpoolingService.ACK_TIMEOUT.plusSeconds(3);

	private static final Duration AT_ONCE = Duration.ofMillis(500);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int MOST_LINES = 20;

	@TempDir
	Path directory;

	private final HttpReceiver collector = new HttpReceiver();

	@AfterEach
	void stop() {
		this.collector.close();
	}

	@Test
	void takesAllWebhooksWhileTheServerIsSilentFromTheStartAndLater() throws Exception {
		try (SpoolingService service = in(this.directory)) {
			service.cable().fallSilent();
			service.start();
			Load load = new Load(CLIENTS, CONTACTS);
			List<Thread> clients = load.postSteadily(service.webhook(), PAUSE);
			load.awaitMore(BUSY);
			assertThatItSaysSo(service);
			service.cable().mend();
			service.awaitDrained();
			assertSurvives(service, load, clients, Trouble.silent(service.cable()), SHORT);
		}
	}

	@Test
	@Tag("thorough")
	void takesAllWebhooksThroughAnyOutageOfAMinute() throws Exception {
		List<Function<SpoolingService, Trouble>> troubles = List.of((service) -> Trouble.stopped(service.server()),
				(service) -> Trouble.frozen(service.server()), (service) -> Trouble.silent(service.cable()),
				(service) -> Trouble.outOfConnections(service.server()));
		ExecutorService threads = Executors.newFixedThreadPool(troubles.size());
		try {
			List<Future<?>> outages = new ArrayList<>();
			for (Function<SpoolingService, Trouble> trouble : troubles) {
				Path own = Files.createDirectory(this.directory.resolve("outage" + outages.size()));
				outages.add(threads.submit(() -> {
					assertSurvives(own, trouble);
					return null;
				}));
			}
			for (Future<?> outage : outages) {
				outage.get();
			}
		}
		finally {
			threads.shutdownNow();
			assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
		}
	}

	private void assertSurvives(Path own, Function<SpoolingService, Trouble> trouble) throws Exception {
		try (SpoolingService service = in(own)) {
			service.start();
			Load load = new Load(CLIENTS, CONTACTS);
			List<Thread> clients = load.postSteadily(service.webhook(), LONG_PAUSE);
			assertSurvives(service, load, clients, trouble.apply(service), LONG);
		}
	}

	private SpoolingService in(Path own) throws Exception {
		return new SpoolingService(own, own.resolve("spool"), "--pulsehook.alerts.url=" + this.collector.url());
	}

	private void assertSurvives(SpoolingService service, Load load, List<Thread> clients, Trouble trouble,
			Duration length) throws Exception {
		load.awaitMore(BUSY);
		long linesBefore = service.process().log().lines().count();
		long kept = (long) service.metric("pulsehook.spool.kept");
		long away = System.nanoTime();
		long awayMillis = System.currentTimeMillis();
		trouble.happen().run();
		service.awaitTaking();
		assertThatItSaysSo(service);
		Awaitility.await().atMost(LONG.multipliedBy(2)).until(() -> System.nanoTime() - away > length.toNanos());
		long back = System.nanoTime();
		long backMillis = System.currentTimeMillis();
		trouble.end().run();
		service.awaitDrained();
		load.awaitMore(BUSY);
		Load.stop(clients);
		assertAnswers(load.answers(), away, back);
		load.finish(service.webhook());
		assertNothingIsLost(service, load);
		long arrived = service.number("""
				select count(*) from pulsehook_event
				where arrived_at >= %d and received_at >= %d""".formatted(awayMillis, backMillis));
		assertThat(arrived).as("Events that waited in the spool")
			.isGreaterThan(BUSY)
			.isLessThanOrEqualTo((long) service.metric("pulsehook.spool.kept") - kept);
		assertTold(service, linesBefore);
	}

	// Asserts that the service is ready, so that a load balancer goes on sending, and
	// tells the operator what it does, for which it needs no database.
	private static void assertThatItSaysSo(SpoolingService service) {
		HttpResponse<String> readiness = service.operator().send("/actuator/health/readiness");
		assertThat(readiness.statusCode()).as(readiness.body()).isEqualTo(200);
		assertThat(readiness.body()).contains("Webhooks are kept in the spool");
		assertThat(service.metric("pulsehook.spool.waiting")).isPositive();
		assertThat(service.metric("pulsehook.spool.size")).isPositive();
		JsonNode shown = service.operator().get("/api/spool");
		assertThat(shown.path("taking").asBoolean()).isTrue();
		assertThat(shown.path("waiting").asLong()).isPositive();
		HttpResponse<String> page = service.operator().send("/console/spool");
		assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
	}

	private static void assertAnswers(List<Answered> answers, long away, long back) {
		assertThat(answers).extracting(Answered::status).containsOnly(200);
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.took()).isLessThan(FIRST_ANSWER));
		List<Duration> later = answers.stream()
			.filter((answer) -> answer.asked() - away > FIRST_ANSWER.toNanos() && answer.asked() < back)
			.map(Answered::took)
			.sorted()
			.toList();
		assertThat(later).as("Answers when the outage is known").hasSizeGreaterThan(BUSY);
		assertThat(later.get(later.size() * 9 / 10)).as("90 percent of %d answers", later.size()).isLessThan(AT_ONCE);
		assertThat(later.get(later.size() * 99 / 100)).as("99 percent of %d answers", later.size())
			.isLessThan(SpoolingService.ACK_TIMEOUT);
	}

	private static void assertNothingIsLost(SpoolingService service, Load load) {
		List<JsonNode> events = service.awaitHandled();
		load.assertKeptOnce(events, 0);
		load.assertHandledInOrder(events, service.handled());
		assertThat(service.number("""
				select count(*) from (
					select received_at < lag(received_at) over (order by id) as earlier from pulsehook_event) e
				where earlier""")).as("Events that a list by time and by id would show in another order").isZero();
		assertThat(service.number("select count(*) from pulsehook_event where arrived_at > received_at")).isZero();
	}

	private void assertTold(SpoolingService service, long linesBefore) {
		List<String> told = service.process().log().lines().skip(linesBefore).toList();
		assertThat(told).hasSizeLessThanOrEqualTo(MOST_LINES)
			.noneMatch((line) -> line.startsWith("\tat "))
			.anyMatch((line) -> line.contains("spool"));
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.collector.all()).extracting(HttpReceiver.Received::text)
				.as("The alarm when the outage is over")
				.anyMatch((text) -> text.contains("outage") && text.contains("kept in the spool")));
	}

}
