package io.pulsehook.bench.runner;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that answers webhooks, ended at the latest with this one.
 */
final class Server implements AutoCloseable {

	static final String TOKEN = "token-of-the-benchmarks";

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final Process process;

	private final int port;

	private Server(Process process, int port) {
		this.process = process;
		this.port = port;
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
	}

	/** Starts a command, with a port as its last argument, and does not wait for it. */
	static Server launch(List<String> command, Path directory) throws IOException {
		int port = freePort();
		List<String> complete = new ArrayList<>(command);
		complete.add("--server.port=" + port);
		Path log = Files.createTempFile(directory, "server", ".log");
		Process process = new ProcessBuilder(complete).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		return new Server(process, port);
	}

	/** Starts a command and waits until it answers posts. */
	static Server start(List<String> command, Path directory) throws IOException, InterruptedException {
		Server server = launch(command, directory);
		server.awaitAnswer();
		return server;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/** Posts until one is answered with 200. */
	void awaitAnswer() throws InterruptedException {
		FirstPost post = new FirstPost(this.port);
		long begin = System.nanoTime();
		while (!post.isAnswered()) {
			if (!this.process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new IllegalStateException("A server did not start: " + this.process.info().commandLine());
			}
			Thread.sleep(2);
		}
	}

	String uri(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

	String webhook() {
		return uri("/webhooks/" + TOKEN);
	}

	/** What it has of the memory of the machine, in megabytes. */
	long residentMegabytes() throws IOException {
		return megabytes("VmRSS:");
	}

	/** The most it ever had of the memory of the machine, in megabytes. */
	long largestResidentMegabytes() throws IOException {
		return megabytes("VmHWM:");
	}

	private long megabytes(String field) throws IOException {
		return Files.readAllLines(Path.of("/proc", Long.toString(this.process.pid()), "status"))
			.stream()
			.filter((line) -> line.startsWith(field))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
			.findFirst()
			.orElseThrow();
	}

	/** What it has used of the processors so far. */
	Duration processorTime() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroy();
		if (!this.process.waitFor(1, TimeUnit.MINUTES)) {
			this.process.destroyForcibly().waitFor();
		}
	}

}
