package io.pulsehook;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that everything that the build fetches and runs is pinned to the version that was
 * reviewed.
 */
class PinnedTests {

	@Test
	void actionsAreNamedByTheirCommits() throws IOException {
		List<String> uses = new ArrayList<>();
		try (DirectoryStream<Path> workflows = Files.newDirectoryStream(Path.of(".github/workflows"))) {
			for (Path workflow : workflows) {
				Files.readAllLines(workflow).stream().filter((line) -> line.contains("uses:")).forEach(uses::add);
			}
		}
		assertThat(uses).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).as("With the version that a reader and Dependabot look for")
				.containsPattern("uses: [\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+$"));
	}

	@Test
	void theWrapperKnowsTheSumOfMaven() throws IOException {
		Properties wrapper = new Properties();
		try (Reader reader = Files.newBufferedReader(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
			wrapper.load(reader);
		}
		assertThat(wrapper.getProperty("distributionSha256Sum")).isNotNull().matches("[0-9a-f]{64}");
	}

}
