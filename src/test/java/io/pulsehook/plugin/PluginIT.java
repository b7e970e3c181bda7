package io.pulsehook.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pulsehook.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the service's jar beside a directory of plug-ins.
 */
class PluginIT {

	private static final Pattern URL = Pattern.compile("http://localhost:\\d+/webhooks/\\S+");

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	@TempDir
	private Path directory;

	@Test
	void handsEventsToTheHandlerOfAPlugin() throws Exception {
		writePlugin("greeting.jar", GreetingPlugin.class.getName());
		writePlugin("nameless.jar", null);
		Process service = start();
		try {
			Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.until(() -> !service.isAlive() || URL.matcher(log()).find());
			assertThat(service.isAlive()).as(log()).isTrue();
			assertThat(post(Samples.INCOMING_MESSAGE)).isEqualTo(200);
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("Plug-in was told"));
			assertThat(log()).contains("Plug-in was told 'hey! whats up?'")
				.contains("Handler 'greeting' receives IncomingMessage events.")
				.contains("The plug-in greeting.jar brought the handlers [greeting].")
				.contains("The plug-in nameless.jar has no file " + IMPORTS)
				.doesNotContain("exampleHandler");
		}
		finally {
			service.destroy();
			service.waitFor();
		}
	}

	@Test
	void saysWhichPluginKeepsItFromStarting() throws Exception {
		writePlugin("greeting.jar", "com.example.Missing");
		Process service = start();
		try {
			assertThat(service.waitFor(2, TimeUnit.MINUTES)).as(log()).isTrue();
			assertThat(service.exitValue()).isNotZero();
			assertThat(log()).contains("APPLICATION FAILED TO START")
				.contains("The plug-in greeting.jar names the class com.example.Missing, which is not there.");
		}
		finally {
			service.destroy();
		}
	}

	private void writePlugin(String name, @Nullable String configuration) throws IOException {
		Path plugins = Files.createDirectories(this.directory.resolve("plugins"));
		try (OutputStream file = Files.newOutputStream(plugins.resolve(name));
				JarOutputStream jar = new JarOutputStream(file)) {
			jar.putNextEntry(new JarEntry(GreetingPlugin.class.getName().replace('.', '/') + ".class"));
			jar.write(bytesOf(GreetingPlugin.class));
			if (configuration != null) {
				jar.putNextEntry(new JarEntry(IMPORTS));
				jar.write(configuration.getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private static byte[] bytesOf(Class<?> type) throws IOException {
		try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
			assertThat(bytes).isNotNull();
			return bytes.readAllBytes();
		}
	}

	private Process start() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-jar", System.getProperty("pulsehook.jar"), "--server.port=0")
			.directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile())
			.start();
	}

	private String log() throws IOException {
		return Files.readString(this.directory.resolve("log"));
	}

	private int post(String body) throws Exception {
		Matcher url = URL.matcher(log());
		assertThat(url.find()).isTrue();
		HttpRequest request = HttpRequest.newBuilder(URI.create(url.group()))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}
