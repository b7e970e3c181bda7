package io.pulsehook.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.plugin.test.CrashPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service with a spool, the database server that it loses again and again, and the
 * cable between them.
 */
final class SpoolingService implements AutoCloseable {

	static final Duration ACK_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Each look at the service checks a password, which takes processor time. */
	private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

	private final DatabaseServer server;

	private final Cable cable;

	private final Launch launch;

	private @Nullable ServiceProcess process;

	SpoolingService(Path directory, Path spool, String... more) throws IOException {
		this.server = DatabaseServer.start(directory.resolve("server"));
		this.cable = new Cable(this.server.port());
		this.launch = Launch.in(directory)
			.plugin(CrashPlugin.class)
			.with(DatabaseServer.arguments(this.cable.port()))
			.with("--pulsehook.spool.directory=" + spool, "--pulsehook.ack-timeout=" + ACK_TIMEOUT.toSeconds() + "s",
					"--spring.datasource.hikari.connection-timeout=2000", "--pulsehook.lease=3s")
			.with(more);
	}

	DatabaseServer server() {
		return this.server;
	}

	Cable cable() {
		return this.cable;
	}

	// Starts the service, which may find the database away.
	void start() {
		this.process = this.launch.start();
	}

	void kill() {
		process().close();
	}

	ServiceProcess process() {
		return Objects.requireNonNull(this.process);
	}

	WebhookClient webhook() {
		return process().webhook();
	}

	OperatorClient operator() {
		return process().operator();
	}

	List<Handled> handled() {
		return this.launch.handled();
	}

	// Whether all webhooks go into the spool.
	boolean isTaking() {
		return metric("pulsehook.spool.taking") > 0;
	}

	double metric(String name) {
		return operator().get("/actuator/metrics/" + name).at("/measurements/0/value").asDouble();
	}

	void awaitTaking() {
		Awaitility.await().atMost(PATIENCE).pollInterval(LOOK_INTERVAL).until(this::isTaking);
	}

	void awaitDrained() {
		Awaitility.await().atMost(PATIENCE).pollInterval(LOOK_INTERVAL).until(() -> !isTaking());
		assertThat(metric("pulsehook.spool.waiting")).as("Bodies in the spool").isZero();
	}

	// Waits until handlers have ended all that was stored, and returns it, newest first.
	List<JsonNode> awaitHandled() {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(LOOK_INTERVAL)
			.until(() -> operator().events("&status=open").isEmpty());
		return operator().events();
	}

	// Returns the number that a query of the database yields.
	long number(String query) {
		return Long.parseLong(this.server.query(query).get(0));
	}

	@Override
	public void close() throws IOException {
		if (this.process != null) {
			this.process.close();
		}
		this.cable.close();
		this.server.close();
	}

}
