package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.pulsehook.inbox.PostgresqlServer;
import io.pulsehook.plugin.test.DeadlyPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a handler that ends the process at each start, in different ways: nothing that
 * was acknowledged is lost, and after three such ends the handler is not called again.
 */
@Timeout(400)
class DeadlyHandlerIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int OUT_OF_MEMORY = 3;

	private static final List<Posted> POSTED = List.of(new Posted("innocent", 1), new Posted("deadly", 1),
			new Posted("deadly", 2), new Posted("innocent", 2));

	@TempDir
	Path directory;

	@Test
	void losesNothingAndIsNotCalledAFourthTime() throws Exception {
		endThreeTimes(launch());
	}

	@Test
	@Tag("thorough")
	@EnabledIfEnvironmentVariable(named = "JAVA_HOME_25_X64", matches = ".+")
	void losesNothingAndIsNotCalledAFourthTimeOnTheNewestJava() throws Exception {
		endThreeTimes(launch().on(Path.of(System.getenv("JAVA_HOME_25_X64"))));
	}

	@Test
	@Tag("thorough")
	void losesNothingAndIsNotCalledAFourthTimeWithPostgresql() throws Exception {
		endThreeTimes(launch().with("--pulsehook.lease=3s",
				"--spring.datasource.url=" + PostgresqlServer.url(PostgresqlServer.createEmpty())));
	}

	private Launch launch() {
		return Launch.in(this.directory)
			.plugin(DeadlyPlugin.class)
			.jvm("-Xmx128m", "-XX:+ExitOnOutOfMemoryError")
			.with("--pulsehook.shutdown-grace=1s", "--pulsehook.handlers.besideHandler.timeout=1s",
					"--pulsehook.handlers.besideHandler.delay=1s");
	}

	private void endThreeTimes(Launch launch) throws Exception {
		Path way = this.directory.resolve("deadly");
		Files.createFile(this.directory.resolve("beside"));
		try (ServiceProcess service = launch.start()) {
			for (Posted posted : POSTED) {
				assertThat(service.webhook().post(posted.json()).statusCode()).isEqualTo(200);
			}
			awaitBegun(launch, 1);
			Files.writeString(way, "memory");
			assertThat(service.awaitExit(PATIENCE)).isEqualTo(OUT_OF_MEMORY);
		}
		Files.delete(way);
		// An orderly end does not count, although the handler does not end.
		try (ServiceProcess service = launch.start()) {
			awaitBegun(launch, 2);
			service.terminate();
			service.awaitExit(PATIENCE);
		}
		try (ServiceProcess service = launch.start()) {
			awaitBegun(launch, 3);
			service.kill();
		}
		Files.writeString(way, "exit");
		try (ServiceProcess service = launch.begin()) {
			service.awaitExit(PATIENCE);
		}
		assertThat(begun(launch)).isEqualTo(4);
		Files.delete(this.directory.resolve("beside"));
		try (ServiceProcess service = launch.start()) {
			assertThatItGoesOn(service, launch);
		}
	}

	private static void assertThatItGoesOn(ServiceProcess service, Launch launch) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(service.operator().events("&status=open")).isEmpty());
		assertThat(service.operator().events()).extracting((event) -> event.get("title").asString())
			.containsExactlyInAnyOrderElementsOf(POSTED.stream().map(Posted::title).toList());
		assertThat(begun(launch)).isEqualTo(4);
		List<JsonNode> dead = service.operator().events("&status=dead");
		assertThat(dead).singleElement()
			.satisfies((event) -> assertThat(event.get("title").asString()).isEqualTo("deadly step 1"));
		assertThat(service.operator().get("/api/events/" + dead.get(0).get("id").asString()).toString())
			.contains("The process ended 3 times while the handler was at work on this");
		assertThat(service.log()).containsPattern(Pattern.compile("Handler 'deadlyHandler' .*event"));
		// The event that waited behind the deadly one and the events beside it have been
		// handled.
		assertThat(launch.handled()).filteredOn(Handled::ended)
			.extracting((line) -> line.handler() + " " + line.title())
			.contains("deadlyHandler deadly step 2", "besideHandler deadly step 2", "besideHandler deadly step 1");
	}

	private static void awaitBegun(Launch launch, int times) {
		Awaitility.await().atMost(PATIENCE).until(() -> begun(launch) == times);
	}

	private static long begun(Launch launch) {
		return launch.handled()
			.stream()
			.filter((line) -> line.by("deadlyHandler") && line.began() && line.title().equals("deadly step 1"))
			.count();
	}

}
