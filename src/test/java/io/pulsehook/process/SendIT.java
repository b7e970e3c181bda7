package io.pulsehook.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the command that posts examples, from the jar and to the service.
 */
class SendIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	@Test
	void everyExampleIsTakenByTheService() {
		try (ServiceProcess service = Launch.in(this.directory).start();
				ServiceProcess command = send("--kind=all", "--to=" + service.uri("/webhooks/" + Launch.TOKEN))) {
			assertThat(command.awaitExit(PATIENCE)).as(command.log()).isZero();
			assertThat(command.log().lines()).hasSize(11)
				.allSatisfy((line) -> assertThat(line)
					.endsWith(": 200 {\"accepted\":1,\"duplicates\":0,\"unrecognized\":0}"));
			assertThat(command.log()).doesNotContain(Launch.TOKEN);
			assertThat(service.operator().events()).hasSize(11);
		}
	}

	@Test
	void listsWhatThereIsWhenItIsAskedWrongly() {
		try (ServiceProcess command = send("--kind=nothing", "--to=http://localhost/" + Launch.TOKEN)) {
			assertThat(command.awaitExit(PATIENCE)).isEqualTo(2);
			assertThat(command.log()).contains("payment", "whatsapp").doesNotContain(Launch.TOKEN);
		}
	}

	@Test
	void startsNoServiceForACommandThatThereIsNot() {
		try (ServiceProcess command = Launch.in(this.directory).begin(Map.of(), "sned", "--kind=all")) {
			assertThat(command.awaitExit(PATIENCE)).isEqualTo(2);
			assertThat(command.log()).contains("There is no command 'sned'", "copy-to-postgresql, listen and send");
		}
	}

	@Test
	void startsNoServiceForACommandBehindAnOption() {
		try (ServiceProcess command = Launch.in(this.directory)
			.begin(Map.of(), "--server.port=0", "send", "--kind=all")) {
			assertThat(command.awaitExit(PATIENCE)).isEqualTo(2);
			assertThat(command.log()).contains("The command 'send' has to be the first argument");
		}
	}

	private ServiceProcess send(String... options) {
		String[] arguments = new String[options.length + 1];
		arguments[0] = "send";
		System.arraycopy(options, 0, arguments, 1, options.length);
		return Launch.in(this.directory).begin(Map.of(), arguments);
	}

}
