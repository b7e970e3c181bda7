package io.pulsehook.console.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CurlCommandTests {

	@Test
	void handsTheShellTheSameBytesAndItsOwnToken() throws IOException {
		String body = "{\"text\":\"it's $HOME `date` \\\\ \\\" 'x' !\",\r\n\t\"@\": \"Ünï\"}";
		String command = CurlCommand.of("https://example.com/webhooks/", body.getBytes(StandardCharsets.UTF_8));
		String script = "PULSEHOOK_TOKEN=secret\ncurl() { printf '%s|' \"$@\"; }\n" + command;
		Process shell = new ProcessBuilder("sh", "-c", script).start();
		assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(
				"https://example.com/webhooks/secret|--header|Content-Type: application/json|--data-raw|" + body + "|");
	}

}
