package io.pulsehook.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A receiver of {@code docs/receivers}, started as its first line says in a directory of
 * its own, where it keeps events. Closing this ends it.
 */
final class ReceiverProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Process process;

	private final Path directory;

	private final int port;

	private ReceiverProcess(Process process, Path directory, int port) {
		this.process = process;
		this.directory = directory;
		this.port = port;
	}

	// Starts a receiver that knows these secrets, and returns when it listens.
	static ReceiverProcess start(Interpreter interpreter, Path directory, String secrets) {
		try {
			Files.createDirectories(directory);
			Files.copy(Path.of("docs/receivers", interpreter.file()), directory.resolve(interpreter.file()));
			int port = freePort();
			ProcessBuilder builder = new ProcessBuilder(interpreter.command(port)).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("receiver.log").toFile());
			builder.environment().put("PULSEHOOK_SECRET", secrets);
			builder.environment().put("PORT", Integer.toString(port));
			ReceiverProcess receiver = new ReceiverProcess(builder.start(), directory, port);
			receiver.awaitListening();
			return receiver;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitListening() {
		Awaitility.await().atMost(PATIENCE).until(() -> {
			assertThat(this.process.isAlive()).as(this::log).isTrue();
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return socket.isConnected();
			}
			catch (IOException ex) {
				return false;
			}
		});
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.port + "/");
	}

	String log() {
		try {
			return Files.readString(this.directory.resolve("receiver.log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Lists the ids of what it has kept.
	List<String> ids() {
		Path events = this.directory.resolve("events");
		if (!Files.exists(events)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(events)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".json"))
				.map((name) -> name.substring(0, name.length() - ".json".length()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Returns what it was sent under an id.
	byte[] kept(String id) {
		try {
			return Files.readAllBytes(this.directory.resolve("events").resolve(id + ".json"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly().onExit().join();
	}

}
