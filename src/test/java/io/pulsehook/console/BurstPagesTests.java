package io.pulsehook.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.util.FileSystemUtils;

import io.pulsehook.BurstHandler;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.event.OpenChat;
import io.pulsehook.inbox.Storage;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what the console and the API tell of bursts.
 */
@SpringBootTest(classes = { PulsehookApplication.class, BurstPagesTests.HandlerConfiguration.class },
		useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-bursts", "spring.security.user.password=secret",
				"pulsehook.handlers.chats.quiet=10ms" })
@AutoConfigureMockMvc
@DirtiesContext
class BurstPagesTests {

	private static final String BODY = """
			[{"title":"open_chat","bot":{"id":"b"},"contact":{"id":"c"},"date":1},
			{"title":"open_chat","bot":{"id":"b"},"contact":{"id":"c"},"date":2}]""";

	private static final Path directory = directory();

	// JUnit would inject a temporary directory only after the application has started.
	private static Path directory() {
		try {
			return Files.createTempDirectory("burst-pages-tests");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@AfterAll
	static void clean() throws IOException {
		FileSystemUtils.deleteRecursively(directory);
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("pulsehook.data-dir", directory::toString);
	}

	@Test
	void tellsWhichEventsWereHandledTogether(@Autowired MockMvcTester mvc, @Autowired Receiver receiver,
			@Autowired Storage storage) {
		receiver.receive("default", BODY.getBytes(StandardCharsets.UTF_8));
		Awaitility.await().until(() -> storage.backlog().unfinished().isEmpty());
		assertThat(get(mvc, "/api/events/2")).bodyJson()
			.extractingPath("$.deliveries[0].burst")
			.asArray()
			.containsExactly("1", "2");
		assertThat(get(mvc, "/console/events/1")).bodyText()
			.contains("In one call with")
			.contains("/events/2\"")
			.doesNotContain("attempts are shown with");
		assertThat(get(mvc, "/console/events/2")).bodyText().contains("attempts are shown with event 1");
		assertThat(get(mvc, "/api/handlers")).bodyJson().extractingPath("$.items[0].bursts").isEqualTo(true);
		assertThat(get(mvc, "/console/handlers/chats")).bodyText()
			.contains("until the contact has been quiet for 10 ms")
			.contains("after the first event")
			.contains("100 at most");
	}

	private static MvcTestResult get(MockMvcTester mvc, String path) {
		return mvc.get().uri(path).with(SecurityMockMvcRequestPostProcessors.user("user")).exchange();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		BurstHandler<OpenChat> chats() {
			return (chats, delivery) -> {
			};
		}

	}

}
