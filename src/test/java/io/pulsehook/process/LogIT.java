package io.pulsehook.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.plugin.test.RedactionPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a program can read the log.
 */
@Timeout(300)
class LogIT {

	@TempDir
	Path directory;

	@Test
	void isALineOfJsonForEachThingThatHappens() throws Exception {
		Launch launch = Launch.in(this.directory)
			.plugin(RedactionPlugin.class)
			.with("--logging.structured.format.console=ecs", "--pulsehook.defaults.max-retries=0");
		try (ServiceProcess service = launch.start()) {
			Posted event = new Posted("contact-of-somebody", 1);
			assertThat(service.webhook().post(event.json()).statusCode()).isEqualTo(200);
			service.awaitLog(Pattern.compile("dead letter"));
			Matcher shown = Pattern.compile("The exception's message is shown at (/\\S+/1)\\.").matcher(service.log());
			assertThat(shown.find()).isTrue();
			assertThat(service.operator().send(shown.group(1)).body()).contains("Cannot handle ");
			service.terminate();
			service.awaitExit(Duration.ofSeconds(30));
			List<JsonNode> lines = service.log().lines().map(new JsonMapper()::readTree).toList();
			assertThat(lines).allSatisfy((line) -> assertThat(line.at("/ecs/version").asString("")).isNotEmpty());
			assertThat(messages(lines, "^Started PulsehookApplication")).hasSize(1);
			assertThat(messages(lines, "^Webhooks are received at")).hasSize(1);
			assertThat(messages(lines, "^Handler 'quotingHandler' receives")).hasSize(1);
			assertThat(messages(lines, "it is a dead letter now")).hasSize(1);
			assertThat(service.log()).doesNotContain(Launch.TOKEN, "contact-of-somebody");
		}
	}

	private static List<String> messages(List<JsonNode> lines, String pattern) {
		return lines.stream()
			.map((line) -> line.path("message").asString())
			.filter((message) -> Pattern.compile(pattern).matcher(message).find())
			.toList();
	}

}
