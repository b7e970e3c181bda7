package io.pulsehook.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs commands of the operating system, some of which may be missing or not allowed.
 */
final class Commands {

	private static final int SECONDS = 30;

	private Commands() {
	}

	// Returns what a command prints, which is killed if it hangs.
	static String output(ProcessBuilder command) throws IOException, InterruptedException {
		Process process = command.redirectErrorStream(true).start();
		process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> process.destroyForcibly());
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	// Whether the command could be run and succeeded.
	static boolean succeed(String... command) {
		try {
			Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
