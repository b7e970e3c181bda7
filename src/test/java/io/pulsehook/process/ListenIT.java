package io.pulsehook.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the command that brings the events of a deployed service to one on a developer's
 * desk.
 */
class ListenIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern LISTENING = Pattern.compile("Listening to ");

	private static final Pattern LOST = Pattern.compile("The connection to \\S+ is lost");

	private static final Pattern FOUND = Pattern.compile("The connection to \\S+ is there again");

	@TempDir
	Path directory;

	private final List<String> posted = new ArrayList<>();

	@Test
	void bringsWhatArrivedWhileItWasClosedAndWhileTheOtherSideWasAway() throws Exception {
		Launch deployment = Launch.in(Files.createDirectory(this.directory.resolve("deployed")));
		try (ServiceProcess desk = Launch.in(Files.createDirectory(this.directory.resolve("desk"))).start();
				ServiceProcess deployed = deployment.start();
				Cable cable = new Cable(deployed.port())) {
			try (ServiceProcess listener = listen(cable, desk, Launch.PASSWORD)) {
				listener.awaitLog(LISTENING);
				post(deployed, 3);
				awaitOn(desk);
				listener.kill();
			}
			post(deployed, 2);
			try (ServiceProcess listener = listen(cable, desk, Launch.PASSWORD)) {
				awaitOn(desk);
				deployed.kill();
				listener.awaitLog(LOST);
				try (ServiceProcess again = deployment.start()) {
					cable.leadTo(again.port());
					listener.awaitLog(FOUND);
					post(again, 2);
					awaitOn(desk);
				}
				assertThat(listener.log()).doesNotContain(Launch.TOKEN).doesNotContain(Launch.PASSWORD);
			}
		}
	}

	@Test
	@Tag("thorough")
	void endsWithAWordOnWhatToDoIfItIsNotLetIn() throws Exception {
		try (ServiceProcess deployed = Launch.in(this.directory).start();
				Cable cable = new Cable(deployed.port());
				ServiceProcess listener = listen(cable, deployed, "a wrong password")) {
			assertThat(listener.awaitExit(PATIENCE)).isNotZero();
			assertThat(listener.log()).contains("answers 401", "PULSEHOOK_PASSWORD");
		}
	}

	@Test
	@Tag("thorough")
	void passesNothingOverThatTheOtherSideDidNotTake() throws Exception {
		try (ServiceProcess deployed = Launch.in(Files.createDirectory(this.directory.resolve("deployed"))).start();
				ServiceProcess desk = Launch.in(Files.createDirectory(this.directory.resolve("desk"))).start();
				Cable cable = new Cable(deployed.port())) {
			Path cursor = this.directory.resolve("listen.cursor");
			Files.writeString(cursor, "0");
			post(deployed, 2);
			try (ServiceProcess listener = listen(cable, desk.uri("/api/events").toString(), Launch.PASSWORD)) {
				listener.awaitLog(Pattern.compile("takes no event: it answers 40[13]"));
				assertThat(Files.readString(cursor)).isEqualTo("0");
			}
			try (ServiceProcess listener = listen(cable, desk, Launch.PASSWORD)) {
				listener.awaitLog(LISTENING);
				awaitOn(desk);
			}
		}
	}

	@Test
	void quotesNoAddressThatItCannotUse() {
		try (ServiceProcess listener = Launch.in(this.directory)
			.begin(Map.of("PULSEHOOK_USER", "user", "PULSEHOOK_PASSWORD", "x"), "listen", "--from=http://127.0.0.1:1",
					"--to=http://127.0.0.1:1/webhooks/<" + Launch.TOKEN + ">")) {
			assertThat(listener.awaitExit(PATIENCE)).isNotZero();
			assertThat(listener.log()).contains("--to is missing, or no address").doesNotContain(Launch.TOKEN);
		}
	}

	private ServiceProcess listen(Cable from, ServiceProcess to, String password) {
		return listen(from, to.uri("/webhooks/" + Launch.TOKEN).toString(), password);
	}

	private ServiceProcess listen(Cable from, String to, String password) {
		return Launch.in(this.directory)
			.begin(Map.of("PULSEHOOK_USER", "user", "PULSEHOOK_PASSWORD", password), "listen",
					"--from=http://127.0.0.1:" + from.port(), "--to=" + to,
					"--cursor=" + this.directory.resolve("listen.cursor"));
	}

	private void post(ServiceProcess service, int events) throws IOException, InterruptedException {
		for (int i = 0; i < events; i++) {
			Posted event = new Posted("somebody", this.posted.size());
			assertThat(service.webhook().post(event.json()).statusCode()).isEqualTo(200);
			this.posted.add(event.title());
		}
	}

	// Waits until all posted events have arrived in order, and each once although it may
	// be handed on twice.
	private void awaitOn(ServiceProcess desk) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			List<String> arrived = new ArrayList<>();
			desk.operator().events().forEach((event) -> arrived.add(event.get("title").asString()));
			Collections.reverse(arrived);
			assertThat(arrived).isEqualTo(this.posted);
		});
	}

}
