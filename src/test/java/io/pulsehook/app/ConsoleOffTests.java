package io.pulsehook.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a service without its console has the API and no login form.
 */
class ConsoleOffTests {

	@Test
	void leavesTheApiBehindBasic(@TempDir Path directory) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.from(PulsehookApplication::main)
			.run("--server.port=0", "--pulsehook.token=a-token-for-the-tests-of-the-lock",
					"--pulsehook.data-dir=" + directory.resolve("data"), "--spring.security.user.password=secret",
					"--pulsehook.console.enabled=false")
			.getApplicationContext()) {
			String root = "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
			HttpResponse<String> stranger = get(root + "/api/handlers", "Accept", "text/html");
			assertThat(stranger.statusCode()).isEqualTo(401);
			assertThat(stranger.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic");
			String credentials = Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
			assertThat(get(root + "/api/handlers", "Authorization", "Basic " + credentials).statusCode())
				.isEqualTo(200);
			assertThat(get(root + "/console", "Authorization", "Basic " + credentials).statusCode()).isEqualTo(404);
			assertThat(get(root + "/console/login", "Accept", "text/html").statusCode()).isEqualTo(404);
		}
	}

	private static HttpResponse<String> get(String uri, String header, String value) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).header(header, value).build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

}
