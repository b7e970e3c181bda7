package io.pulsehook.bench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The service laid out and started as in its image, by the image's own scripts.
 */
final class Image {

	private static final Path SCRIPTS = Path.of("../src/image");

	private static final Path SAMPLES = Path.of("../src/test/resources/payloads");

	private final Path directory;

	private final Jvm jvm;

	private Image(Path directory, Jvm jvm) {
		this.directory = directory;
		this.jvm = jvm;
	}

	static Image build(Lab lab, Jvm jvm) throws IOException, InterruptedException {
		Path layers = lab.directory().resolve("layers");
		run(jvm, "java", "-Djarmode=tools", "-jar", Lab.service().toString(), "extract", "--layers", "--destination",
				layers.toString());
		Image image = new Image(Files.createDirectory(lab.directory().resolve("app")), jvm);
		// As in the Dockerfile, which names the jar before it takes it apart.
		for (String layer : List.of("dependencies", "snapshot-dependencies", "application")) {
			run(jvm, "cp", "--recursive", "--preserve", layers.resolve(layer) + "/.", image.directory.toString());
		}
		Files.move(image.jar(), image.directory.resolve("app.jar"));
		Files.createDirectory(image.directory.resolve("plugins"));
		Files.copy(Lab.handlers(), image.directory.resolve("plugins/handlers.jar"));
		Files.copy(SCRIPTS.resolve("start.sh"), image.directory.resolve("start.sh"));
		run(jvm, "bash", SCRIPTS.resolve("train.sh").toString(), image.directory.toString(), SAMPLES.toString());
		return image;
	}

	private Path jar() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
		}
	}

	private static void run(Jvm jvm, String... command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
		builder.environment().put("PATH", jvm.home() + "/bin:" + System.getenv("PATH"));
		if (builder.start().waitFor() != 0) {
			throw new IllegalStateException("Failed: " + String.join(" ", command));
		}
	}

	/** The same but for its AOT cache. */
	Image withoutCache() throws IOException, InterruptedException {
		Path copy = this.directory.resolveSibling("app-without-cache");
		run(this.jvm, "cp", "--recursive", "--preserve", this.directory.toString(), copy.toString());
		Files.delete(copy.resolve("app.aot"));
		return new Image(copy, this.jvm);
	}

	/** Starts it, and does not wait for it. */
	Server launch(List<String> arguments, Path directory) throws IOException {
		List<String> command = new ArrayList<>(
				List.of("env", "PATH=" + this.jvm.home() + "/bin:" + System.getenv("PATH")));
		command.add(this.directory.resolve("start.sh").toString());
		command.addAll(arguments);
		return Server.launch(command, directory);
	}

}
