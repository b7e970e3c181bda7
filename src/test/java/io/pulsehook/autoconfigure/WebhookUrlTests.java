package io.pulsehook.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the URL that the first start logs receives webhooks.
 */
@ExtendWith(OutputCaptureExtension.class)
class WebhookUrlTests {

	private static final Pattern URL = Pattern.compile("Paste this URL .*: (http://\\S+)");

	@TempDir
	private Path directory;

	@Test
	void receivesAtTheUrlOfTheFirstStart(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(url(output)).contains("/pulsehook/webhooks/");
			assertThat(post(url(output))).isEqualTo(200);
		}
	}

	@Test
	void receivesBelowTheContextPath(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run("server.servlet.context-path=/app")) {
			assertThat(url(output)).contains("/app/pulsehook/webhooks/");
			assertThat(post(url(output))).isEqualTo(200);
		}
	}

	@Test
	void receivesBesideADispatcherServletOfAnotherPath(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run("spring.mvc.servlet.path=/mvc")) {
			assertThat(post(url(output))).isEqualTo(200);
		}
	}

	@Test
	void tellsTheTokenAtTheFirstStartOnly(CapturedOutput output) throws Exception {
		run().close();
		String token = Files.readString(this.directory.resolve("webhook-token")).strip();
		int told = output.getAll().length();
		try (ConfigurableApplicationContext context = run()) {
			assertThat(output.getAll().substring(0, told)).contains(token);
			assertThat(output.getAll().substring(told)).contains("Webhooks are received at")
				.contains("webhook-token")
				.doesNotContain(token);
		}
	}

	@Test
	void makesNoTokenWhenOneIsConfigured(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("pulsehook.token=aaaaaaaaaaaaaaaaaaaaaaaa")) {
			assertThat(this.directory.resolve("webhook-token")).doesNotExist();
			assertThat(output).doesNotContain("aaaaaaaa").doesNotContain("Paste this URL");
		}
	}

	private ConfigurableApplicationContext run(String... properties) {
		return SpringApplication.run(Application.class,
				Stream.concat(Stream.of("server.port=0", "pulsehook.data-dir=" + this.directory), Stream.of(properties))
					.map((property) -> "--" + property)
					.toArray(String[]::new));
	}

	private static String url(CapturedOutput output) {
		Matcher url = URL.matcher(output.getAll());
		assertThat(url.find()).isTrue();
		return url.group(1);
	}

	private static int post(String url) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.POST(HttpRequest.BodyPublishers.ofString("[]"))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, PulsehookAutoConfiguration.class })
	static class Application {

	}

}
