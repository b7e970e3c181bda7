package io.pulsehook.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Starts the service as an operator would, from its jar and in a working directory of its
 * own. Another start finds the same data.
 */
final class Launch {

	static final String TOKEN = "token-of-the-process-tests";

	static final String PASSWORD = "password-of-the-process-tests";

	private static final String RECORD = "handled.tsv";

	private final Path directory;

	private final Path java;

	private final Path dataDirectory;

	private final @Nullable String token;

	private final List<String> arguments;

	private final List<String> wrapper;

	private final List<String> options;

	private Launch(Path directory, Path java, Path dataDirectory, @Nullable String token, List<String> arguments,
			List<String> wrapper, List<String> options) {
		this.directory = directory;
		this.java = java;
		this.dataDirectory = dataDirectory;
		this.token = token;
		this.arguments = arguments;
		this.wrapper = wrapper;
		this.options = options;
	}

	static Launch in(Path directory) {
		return new Launch(directory, Path.of(System.getProperty("java.home")), directory.resolve("data"), TOKEN,
				List.of(), List.of(), List.of());
	}

	// Starts the service with another JDK than this one.
	Launch on(Path jdk) {
		return new Launch(this.directory, jdk, this.dataDirectory, this.token, this.arguments, this.wrapper,
				this.options);
	}

	Launch data(Path other) {
		return new Launch(this.directory, this.java, other, this.token, this.arguments, this.wrapper, this.options);
	}

	Launch withoutToken() {
		return new Launch(this.directory, this.java, this.dataDirectory, null, this.arguments, this.wrapper,
				this.options);
	}

	Launch with(String... more) {
		List<String> all = new ArrayList<>(this.arguments);
		all.addAll(List.of(more));
		return new Launch(this.directory, this.java, this.dataDirectory, this.token, all, this.wrapper, this.options);
	}

	// Adds options of the JVM, which win over those that it has already.
	Launch jvm(String... more) {
		return new Launch(this.directory, this.java, this.dataDirectory, this.token, this.arguments, this.wrapper,
				List.of(more));
	}

	// Starts the service as a child of this command.
	Launch under(String... command) {
		return new Launch(this.directory, this.java, this.dataDirectory, this.token, this.arguments, List.of(command),
				this.options);
	}

	// Puts a plug-in where the service looks for them.
	Launch plugin(Class<?> configuration) {
		PluginJar.write(this.directory.resolve("plugins").resolve("test-plugin.jar"), configuration);
		return this;
	}

	// Returns what the handlers of the plug-in have written down so far, over all starts.
	List<Handled> handled() {
		return Handled.readAll(record());
	}

	Path record() {
		return this.directory.resolve(RECORD);
	}

	// Starts the service and returns when it is ready.
	ServiceProcess start() {
		return ready(begin());
	}

	// Starts the service as environment variables alone configure it, and returns when it
	// is ready.
	ServiceProcess start(Map<String, String> environment) {
		return ready(begin(environment));
	}

	private static ServiceProcess ready(ServiceProcess service) {
		try {
			service.awaitReady();
			return service;
		}
		catch (RuntimeException | Error ex) {
			service.close();
			throw ex;
		}
	}

	// Starts the service and returns at once.
	ServiceProcess begin() {
		return begin(new ProcessBuilder(command()), Map.of());
	}

	private ServiceProcess begin(ProcessBuilder builder, Map<String, String> environment) {
		try {
			Path log = Files.createTempFile(this.directory, "service", ".log");
			builder.environment().putAll(environment);
			Process process = builder.directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			return new ServiceProcess(process, log, this.token);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Runs a command of the jar instead of the service.
	ServiceProcess begin(Map<String, String> environment, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(this.java.resolve("bin").resolve("java").toString(), "-XX:TieredStopAtLevel=1", "-jar", jar()));
		command.addAll(List.of(arguments));
		return begin(new ProcessBuilder(command), environment);
	}

	private List<String> command() {
		List<String> command = new ArrayList<>(this.wrapper);
		// With the first compiler alone, the service starts in half of the processor
		// time.
		command.addAll(List.of(this.java.resolve("bin").resolve("java").toString(), "-XX:TieredStopAtLevel=1",
				"-Xmx256m", "-Dpulsehook.test.record=" + record()));
		command.addAll(this.options);
		command.addAll(List.of("-jar", jar(), "--server.port=0", "--server.address=127.0.0.1",
				"--spring.security.user.password=" + PASSWORD, "--pulsehook.data-dir=" + this.dataDirectory));
		if (this.token != null) {
			command.add("--pulsehook.token=" + this.token);
		}
		command.addAll(this.arguments);
		return command;
	}

	private static String jar() {
		return Objects.requireNonNull(System.getProperty("pulsehook.jar"),
				"The system property pulsehook.jar names the jar to start; './mvnw verify' sets it.");
	}

}
