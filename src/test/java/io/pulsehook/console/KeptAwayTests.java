package io.pulsehook.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import io.pulsehook.EventHandler;
import io.pulsehook.Samples;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.inbox.Storage;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what pages and API tell of filters.
 */
@SpringBootTest(classes = { PulsehookApplication.class, KeptAwayTests.HandlerConfiguration.class },
		useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-filters", "spring.security.user.password=secret",
				"pulsehook.handlers.telegram.filter.service=telegram",
				"pulsehook.handlers.reserved.filter.title=Reserved*,Booked",
				"pulsehook.handlers.messages.filter.SentBy=other" })
@AutoConfigureMockMvc
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptAwayTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Storage storage;

	@Autowired
	private Receiver receiver;

	@BeforeAll
	void send() {
		for (String sample : List.of(Samples.INCOMING_MESSAGE, Samples.LINK_CLICK,
				Samples.FLOW_WEBHOOK.replace("Reserved", "Other"), Samples.FLOW_WEBHOOK)) {
			this.receiver.receive("default", sample.getBytes(StandardCharsets.UTF_8));
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.storage.backlog().unfinished()).isEmpty());
	}

	@Test
	void tellWhoseFilterKeptAnEventAwayAlsoIfOthersHaveIt() {
		assertThat(get("/api/events/1")).bodyJson()
			.extractingPath("$.keptAwayBy")
			.asArray()
			.containsExactly("telegram");
		assertThat(get("/api/events/1")).bodyJson().extractingPath("$.status").isEqualTo("done");
		assertThat(get("/console/events/1")).bodyText()
			.contains("The filter of <code>telegram</code> kept this event away.", "Run all again")
			.doesNotContain("did not take this event when it came");
	}

	@Test
	void tellThatAllFiltersKeptAnEventAway() {
		assertThat(get("/api/events/3")).bodyJson()
			.extractingPath("$.keptAwayBy")
			.asArray()
			.containsExactly("reserved", "telegram");
		assertThat(get("/api/events/3")).bodyJson().extractingPath("$.status").isEqualTo("unhandled");
		assertThat(get("/console/events/3")).bodyText()
			.contains("The filter of <code>reserved, telegram</code> kept this event away.", "Run all again")
			.doesNotContain("No handler takes this event");
	}

	@Test
	void tellNothingOfAFilterThatMatches() {
		assertThat(get("/api/events/2")).bodyJson().extractingPath("$.keptAwayBy").asArray().isEmpty();
		assertThat(get("/console/events/2")).bodyText().doesNotContain("kept this event away");
		assertThat(get("/api/events/4")).bodyJson()
			.extractingPath("$.keptAwayBy")
			.asArray()
			.containsExactly("telegram");
	}

	@Test
	void showWhichEventsAHandlerTakes() {
		assertThat(get("/console/handlers")).bodyText()
			.contains("Only where <code>service=telegram</code>", "Only where <code>title=Reserved* or Booked</code>");
		assertThat(get("/api/handlers")).bodyJson()
			.extractingPath("$.items[?(@.id=='reserved')].settings.filter.title[*]")
			.asArray()
			.containsExactly("Reserved*", "Booked");
	}

	@Test
	void spellTheKeysOfAFilterAsTheyAreDocumented() {
		assertThat(get("/api/handlers")).bodyJson()
			.extractingPath("$.items[?(@.id=='messages')].settings.filter")
			.asArray()
			.containsExactly(Map.of("sent-by", List.of("other")));
		assertThat(get("/console/handlers/messages")).bodyText()
			.contains("Only where <code>sent-by=other</code>", "sent-by: other")
			.doesNotContain("SentBy");
	}

	private MvcTestResult get(String path) {
		return this.mvc.get().uri(path).with(SecurityMockMvcRequestPostProcessors.user("user")).exchange();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class HandlerConfiguration {

		@Bean
		EventHandler<ChatbotEvent> telegram() {
			return (event, delivery) -> {
			};
		}

		@Bean
		EventHandler<IncomingMessage> messages() {
			return (event, delivery) -> {
			};
		}

		@Bean
		EventHandler<FlowWebhook> reserved() {
			return (event, delivery) -> {
			};
		}

	}

}
