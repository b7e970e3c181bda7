package io.example.desk;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pulsehook.test.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application itself, as a developer has it running while the tests run: on its own
 * inbox, in which an event waits for its next attempt.
 */
final class RunningApplication {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Process PROCESS = start();

	private RunningApplication() {
	}

	static void isRunning() {
		assertThat(PROCESS.isAlive()).isTrue();
	}

	private static Process start() {
		try {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", System.getProperty("java.class.path"), DeskApplication.class.getName(), "--server.port=0")
				.redirectErrorStream(true)
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			receive(port(process));
			return process;
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// The output is read to its end: the application would block on a full pipe.
	private static int port(Process process) throws IOException {
		BufferedReader log = process.inputReader();
		StringBuilder all = new StringBuilder();
		for (String line = log.readLine(); line != null; line = log.readLine()) {
			all.append(line).append('\n');
			Matcher matcher = PORT.matcher(line);
			if (matcher.find()) {
				Thread reader = new Thread(() -> log.lines().forEach((more) -> {
				}));
				reader.setDaemon(true);
				reader.start();
				return Integer.parseInt(matcher.group(1));
			}
		}
		throw new IllegalStateException("The application did not start:\n" + all);
	}

	private static void receive(int port) throws IOException, InterruptedException {
		URI webhook = URI
			.create("http://localhost:" + port + "/pulsehook/webhooks/a-token-for-the-application-itself");
		HttpRequest request = HttpRequest.newBuilder(webhook)
			.POST(HttpRequest.BodyPublishers.ofString(TestEvents.incomingMessage().text("Of a customer").json()))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
			.isEqualTo(200);
	}

}
