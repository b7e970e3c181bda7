package io.pulsehook.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.inbox.spool.Spool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service in this JVM, as {@code main} starts it, with a spool and a cable of its own
 * to a database that replicas share.
 */
final class SpoolReplica implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Path spool;

	private final Cable cable;

	private final ConfigurableApplicationContext context;

	SpoolReplica(Path directory, String url, Class<?> configuration, String... more) throws IOException {
		this.spool = directory.resolve("spool");
		int port = URI.create(url.substring("jdbc:".length())).getPort();
		this.cable = new Cable(port);
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--pulsehook.token=" + Launch.TOKEN,
				"--spring.security.user.password=" + Launch.PASSWORD, "--pulsehook.data-dir=" + directory,
				"--pulsehook.spool.directory=" + this.spool, "--pulsehook.ack-timeout=2s",
				"--spring.datasource.url=" + url.replace(":" + port, ":" + this.cable.port()),
				"--spring.datasource.username=postgres", "--spring.datasource.hikari.connection-timeout=500",
				"--spring.datasource.hikari.minimum-idle=0"));
		arguments.addAll(List.of(more));
		this.context = SpringApplication.from(PulsehookApplication::main)
			.with(configuration)
			.run(arguments.toArray(String[]::new))
			.getApplicationContext();
	}

	Path spoolDirectory() {
		return this.spool;
	}

	Spool spool() {
		return this.context.getBean(Spool.class);
	}

	WebhookClient webhook() {
		return new WebhookClient(uri("/webhooks/" + Launch.TOKEN));
	}

	OperatorClient operator() {
		return new OperatorClient(uri(""));
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port") + path);
	}

	// Takes the database away from this replica alone.
	void cut() {
		this.cable.cut();
	}

	// Gives the database back and waits until all webhooks go there again.
	void mend() {
		assertThat(this.spool().status().taking()).as("Webhooks go into the spool").isTrue();
		this.cable.mend();
		awaitDrained();
	}

	void awaitDrained() {
		Awaitility.await().atMost(PATIENCE).until(() -> !spool().status().taking());
		assertThat(this.spool().status().waiting()).as("Bodies in the spool").isZero();
	}

	@Override
	public void close() {
		this.context.close();
		this.cable.close();
	}

}
