package io.pulsehook.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an operator sees who starts the service without any configuration.
 */
@Timeout(300)
class FirstStartIT {

	private static final Pattern URL = Pattern.compile("http://\\S+/webhooks/([A-Za-z0-9._~-]{20,})");

	@TempDir
	Path directory;

	@Test
	void tellsTheUrlOnceAndKeepsTheToken() throws Exception {
		Launch launch = Launch.in(this.directory).withoutToken();
		String token;
		try (ServiceProcess service = launch.start()) {
			token = onlyToken(service.log());
			assertThat(post(service, token)).isEqualTo(200);
			service.kill();
		}
		Path file = this.directory.resolve("data").resolve("webhook-token");
		assertThat(Files.readString(file).strip()).isEqualTo(token);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		try (ServiceProcess again = launch.start()) {
			assertThat(post(again, token)).as("The same URL after a restart").isEqualTo(200);
			assertThat(again.log()).as("The log of the second start")
				.contains("/webhooks/<the token in " + file + "> and kept in " + file.getParent())
				.doesNotContain(token);
		}
	}

	private static String onlyToken(String log) {
		Matcher matcher = URL.matcher(log);
		assertThat(matcher.find()).as("The log has a URL to paste:%n%s", log).isTrue();
		String token = matcher.group(1);
		assertThat(log.split(Pattern.quote(token), -1)).as("Parts around the token: it is there once").hasSize(2);
		return token;
	}

	private static int post(ServiceProcess service, String token) throws Exception {
		return new WebhookClient(service.uri("/webhooks/" + token)).post(new Posted("contact", 1).json()).statusCode();
	}

}
