package io.pulsehook.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The directory of the image, made and started with the commands of the Dockerfile.
 */
final class Image {

	private static final Pattern EXTRACTION = Pattern.compile("java -Djarmode=tools .*");

	private static final Pattern LAYER = Pattern.compile("COPY --from=build /build/(\\S+)/ \\./");

	private static final Pattern SCRIPT = Pattern.compile("COPY LICENSE (\\S+) \\./");

	private static final Pattern ENTRY_POINT = Pattern.compile("ENTRYPOINT (\\[.+])");

	private static final String INSIDE = "/app/";

	private final String dockerfile;

	private final Path jdk;

	private final Path build;

	private final Path app;

	private Image(Path jdk, Path directory) throws IOException {
		this.dockerfile = Files.readString(Path.of("Dockerfile"));
		this.jdk = jdk;
		this.build = Files.createDirectories(directory.resolve("build"));
		this.app = Files.createDirectories(directory.resolve("app"));
	}

	static Image layOut(Path jdk, Path directory) throws Exception {
		Image image = new Image(jdk, directory);
		image.layOut();
		return image;
	}

	private void layOut() throws IOException, InterruptedException {
		Files.copy(Path.of(System.getProperty("pulsehook.jar")), this.build.resolve("app.jar"));
		Path log = this.build.resolve("extract.log");
		int status = command(List.of(find(EXTRACTION).group().split(" ")), log, Map.of()).directory(this.build.toFile())
			.start()
			.waitFor();
		assertThat(status).as(Files.readString(log)).isZero();
		List<MatchResult> layers = LAYER.matcher(this.dockerfile).results().toList();
		assertThat(layers).as("Layers of the Dockerfile").isNotEmpty();
		for (MatchResult layer : layers) {
			copy(this.build.resolve(layer.group(1)));
		}
		Path script = Path.of(find(SCRIPT).group(1));
		Files.copy(script, this.app.resolve(script.getFileName()));
		Files.createDirectories(this.app.resolve("plugins"));
	}

	// Moves files, since the cache is valid only for files with the same times.
	private void copy(Path layer) throws IOException {
		try (Stream<Path> files = Files.walk(layer)) {
			for (Path file : files.toList()) {
				Path target = this.app.resolve(layer.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(target);
				}
				else {
					Files.move(file, target);
				}
			}
		}
	}

	private MatchResult find(Pattern pattern) {
		Matcher matcher = pattern.matcher(this.dockerfile);
		assertThat(matcher.find()).as("The Dockerfile has %s", pattern).isTrue();
		return matcher.toMatchResult();
	}

	Path app() {
		return this.app;
	}

	// Returns the command that the image starts, with more configuration.
	ProcessBuilder service(List<String> configuration, Path log, Map<String, String> environment) {
		String entryPoint = find(ENTRY_POINT).group(1).replace(INSIDE, this.app + "/");
		List<String> command = new ArrayList<>(List.of(JsonMapper.shared().readValue(entryPoint, String[].class)));
		command.addAll(configuration);
		return command(command, log, environment);
	}

	// Returns a command that runs with the image's JVM.
	ProcessBuilder command(List<String> command, Path log, Map<String, String> environment) {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().putAll(environment);
		builder.environment().compute("PATH", (name, path) -> this.jdk.resolve("bin") + File.pathSeparator + path);
		return builder;
	}

}
