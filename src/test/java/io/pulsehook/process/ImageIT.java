package io.pulsehook.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.Samples;
import io.pulsehook.plugin.GreetingPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes the image's AOT cache and starts with it, by the scripts that the Dockerfile
 * calls.
 */
@Timeout(900)
@EnabledIfEnvironmentVariable(named = "JAVA_HOME_25_X64", matches = ".+")
@Tag("thorough")
class ImageIT {

	private static final String TRAINING = "src/image/train.sh";

	private static final String EXAMPLES = "src/test/resources/payloads";

	private static final String CLASSES = "classes.log";

	private static final List<String> HOT_PATH = List.of("org.apache.coyote.http11.Http11Processor",
			"io.pulsehook.receive.WebhookFilter", "io.pulsehook.inbox.commit.Writer", "org.sqlite.core.NativeDB",
			"io.pulsehook.dispatch.attempt.Attempts");

	// Matches warnings and errors of the service and of the JVM.
	private static final Pattern TROUBLE = Pattern.compile("WARN|ERROR|\\[(?:warning|error) *]",
			Pattern.CASE_INSENSITIVE);

	@TempDir
	static Path directory;

	private static Image image;

	private static Path temporary;

	@BeforeAll
	static void train() throws Exception {
		image = Image.layOut(Path.of(System.getenv("JAVA_HOME_25_X64")), directory);
		temporary = Files.createDirectory(directory.resolve("temporary"));
		Path log = directory.resolve("training.log");
		int status = train(image.app(), log);
		assertThat(status).as(Files.readString(log)).isZero();
		assertThat(temporary).as("What is left of the training").isEmptyDirectory();
	}

	private static int train(Path app, Path log) throws Exception {
		Process training = image
			.command(List.of(TRAINING, app.toString(), EXAMPLES), log, Map.of("TMPDIR", temporary.toString()))
			.start();
		return training.waitFor();
	}

	@Test
	void usesTheCacheWithoutPlugins() throws Exception {
		Path home = home();
		try (ServiceProcess service = start(home, "-Xlog:class+load:file=" + home.resolve(CLASSES))) {
			assertThat(service.webhook().post(Samples.PAYMENT_ORDER).statusCode()).isEqualTo(200);
			service.awaitLog(Pattern.compile("Received PaymentOrder"));
			assertUsesCache(home, service.log());
		}
	}

	@Test
	void usesTheCacheBesideAPlugin() throws Exception {
		Path plugin = image.app().resolve("plugins").resolve("greeting.jar");
		PluginJar.write(plugin, GreetingPlugin.class);
		Path home = home();
		try (ServiceProcess service = start(home, "-Xlog:class+load:file=" + home.resolve(CLASSES))) {
			assertThat(service.webhook().post(Samples.INCOMING_MESSAGE).statusCode()).isEqualTo(200);
			service.awaitLog(Pattern.compile("Plug-in was told 'hey! whats up\\?'"));
			assertUsesCache(home, service.log());
		}
		finally {
			Files.delete(plugin);
		}
	}

	// The cache fits neither this collector nor this heap, but must not get in their way.
	@Test
	void startsWithAnotherCollectorAndHeap() throws Exception {
		try (ServiceProcess service = start(home(), "-XX:+UseZGC -Xmx300m -Xlog:gc+init")) {
			assertThat(service.webhook().post(Samples.INCOMING_MESSAGE).statusCode()).isEqualTo(200);
			assertThat(service.log()).contains("Initializing The Z Garbage Collector", "Max Capacity: 300M");
		}
	}

	@Test
	void saysWhyThereIsNoCache() throws Exception {
		Path app = Files.createDirectory(directory.resolve("broken"));
		Path start = Files.writeString(app.resolve("start.sh"), "#!/bin/sh\necho this is what is wrong\n");
		assertThat(start.toFile().setExecutable(true)).isTrue();
		Path log = directory.resolve("broken.log");
		assertThat(train(app, log)).isEqualTo(1);
		assertThat(log).content()
			.contains("this is what is wrong", "No AOT cache was made: the service ended before it was ready.");
		assertThat(temporary).isEmptyDirectory();
	}

	private static Path home() throws IOException {
		return Files.createTempDirectory(directory, "home");
	}

	private static ServiceProcess start(Path home, String options) throws IOException {
		Path log = home.resolve("service.log");
		List<String> configuration = List.of("--server.port=0", "--server.address=127.0.0.1",
				"--pulsehook.token=" + Launch.TOKEN, "--spring.security.user.password=" + Launch.PASSWORD,
				"--pulsehook.data-dir=" + home.resolve("data"));
		Process process = image.service(configuration, log, Map.of("JAVA_TOOL_OPTIONS", options)).start();
		ServiceProcess service = new ServiceProcess(process, log, Launch.TOKEN);
		try {
			service.awaitReady();
			return service;
		}
		catch (RuntimeException | Error ex) {
			service.close();
			throw ex;
		}
	}

	private static void assertUsesCache(Path home, String log) throws IOException {
		assertThat(log).doesNotContainPattern(TROUBLE);
		String classes = Files.readString(home.resolve(CLASSES));
		assertThat(HOT_PATH).allSatisfy(
				(name) -> assertThat(classes).containsPattern(Pattern.quote(name) + " source: shared objects file"));
	}

}
