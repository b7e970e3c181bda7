package io.pulsehook.console;

import java.time.Duration;
import java.util.List;

import com.microsoft.playwright.PlaywrightException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a browser which hangs does not keep the tests waiting.
 */
@Tag("thorough")
class ChromiumTests {

	@Test
	void isKilledIfItHangs() throws Exception {
		Chromium chromium = new Chromium();
		chromium.open("http://localhost/");
		List<ProcessHandle> processes = chromium.processes();
		for (ProcessHandle process : processes) {
			new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor();
		}
		assertThatExceptionOfType(PlaywrightException.class)
			.isThrownBy(() -> chromium.closeWindows(Duration.ofSeconds(1)));
		Awaitility.await()
			.untilAsserted(() -> assertThat(ProcessHandle.current().children()).noneMatch(processes::contains));
	}

}
