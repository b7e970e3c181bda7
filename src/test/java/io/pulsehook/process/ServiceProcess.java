package io.pulsehook.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The running service. Closing this ends it if it still runs.
 */
final class ServiceProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

	private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern STARTED = Pattern.compile("Started \\w+ in ");

	private final Process process;

	private final Path log;

	private final @Nullable String token;

	private final Thread reaper;

	ServiceProcess(Process process, Path log, @Nullable String token) {
		this.process = process;
		this.log = log;
		this.token = token;
		this.reaper = new Thread(this::destroy);
		Runtime.getRuntime().addShutdownHook(this.reaper);
	}

	void awaitReady() {
		awaitLog(STARTED);
	}

	// Waits until the log has a match.
	void awaitLog(Pattern pattern) {
		Awaitility.await().atMost(START_TIMEOUT).pollInterval(LOOK_INTERVAL).until(() -> {
			if (pattern.matcher(log()).find()) {
				return true;
			}
			assertThat(this.process.isAlive()).as("The service ended before its log said %s:%n%s", pattern, log())
				.isTrue();
			return false;
		});
	}

	long pid() {
		return this.process.pid();
	}

	int port() {
		Matcher matcher = PORT.matcher(log());
		assertThat(matcher.find()).as("The log names the port").isTrue();
		return Integer.parseInt(matcher.group(1));
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	// Returns a client that posts to the webhook URL.
	WebhookClient webhook() {
		return new WebhookClient(uri("/webhooks/" + this.token));
	}

	OperatorClient operator() {
		return new OperatorClient(uri(""));
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Kills the process with SIGKILL, so that nothing of it runs any more.
	void kill() {
		destroy();
		awaitExit(Duration.ofSeconds(30));
	}

	private void destroy() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
	}

	// Stops the process with SIGSTOP, so that nothing of it runs until it is thawed.
	void freeze() {
		assertThat(Commands.succeed("kill", "-STOP", Long.toString(pid()))).isTrue();
	}

	// Lets a frozen process go on with SIGCONT.
	void thaw() {
		assertThat(Commands.succeed("kill", "-CONT", Long.toString(pid()))).isTrue();
	}

	// Asks the process with SIGTERM to end.
	void terminate() {
		this.process.destroy();
	}

	int awaitExit(Duration patience) {
		try {
			assertThat(this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
				.as("The service ends within %s; its log:%n%s", patience, log())
				.isTrue();
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
		Runtime.getRuntime().removeShutdownHook(this.reaper);
	}

}
