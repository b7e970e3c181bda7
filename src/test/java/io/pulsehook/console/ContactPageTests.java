package io.pulsehook.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.util.FileSystemUtils;

import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.inbox.Storage;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the pages of a contact, and that samples do not count as events of SendPulse.
 */
@SpringBootTest(classes = PulsehookApplication.class, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-contacts", "spring.security.user.password=secret" })
@AutoConfigureMockMvc
@DirtiesContext
class ContactPageTests {

	private static final Path directory = directory();

	private static final long NOON = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Storage storage;

	@Autowired
	private Receiver receiver;

	// JUnit would inject a temporary directory only after the application has started.
	private static Path directory() {
		try {
			return Files.createTempDirectory("contact-page-tests");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("pulsehook.data-dir", directory::toString);
	}

	@AfterAll
	static void clean() throws IOException {
		FileSystemUtils.deleteRecursively(directory);
	}

	@BeforeEach
	void beginWithNothing() {
		this.storage.erasure().eraseAfter(0);
	}

	@Test
	void showsWhoTheContactIsByItsNewestEvent() {
		send(event("open_chat", "c1", "Former name", NOON, ""));
		send(event("open_chat", "c1", "Ana Souza", NOON + 1_000, """
				,"username":"ana","phone":"+351 912","tags":["gold",{"name":"Lisbon"}],
				"variables":{"City":"Porto","Visits":3,"Cart":{"items":2},"Nothing":null}"""));
		send(payment("c1", "Ana Maria de Souza", NOON + 2_000));
		assertThat(get("/console/contacts/c1")).hasStatusOk()
			.bodyText()
			.contains("<title>Ana Souza · Pulsehook</title>", "<h1><bdi>Ana Souza</bdi></h1>", "WhatsApp",
					"Coffee &amp; Co", "+351 912", ">gold<", ">Lisbon<", "City", "Porto", "Visits",
					"{&quot;items&quot;:2}")
			.doesNotContain("Former name", "Nothing");
	}

	@Test
	void showsAContactThatHasOnlyPaid() {
		send(payment("payer", "Noah Jensen", NOON));
		assertThat(get("/console/contacts/payer")).hasStatusOk().bodyText().contains("<h1><bdi>Noah Jensen</bdi></h1>");
	}

	@Test
	void showsTheConversationInItsOrderWithAllThatHappenedInBetween() {
		send(message("incoming_message", "c2", "I would like to pay", NOON + 900, ""));
		send(message("outgoing_message", "c2", "Here is the link", NOON / 1_000, ""));
		send(payment("c2", "Ana", NOON + 20_000));
		send(event("Webinar sign-up", "c2", "Ana", NOON + 30_000, ""));
		send(message("outgoing_message", "c2", "Is all well?", NOON + 40_000,
				",\"sent_by\":{\"firstname\":\"Olga\",\"lastname\":\"Petrova\"}"));
		send("""
				[{"title":"failed_delivery","service":"whatsapp","date":%d,"contact":{"id":"c2","name":"Ana"},
				"bot":{"id":"b"},"info":{"error_code":131047,"error_message":"Re-engagement message"}}]"""
			.formatted(NOON + 50_000));
		send(message("incoming_message", "c2", "That came late", NOON - 60_000, ""));
		String page = body("/console/contacts/c2");
		assertThat(page).containsSubsequence("said in", "That came late", "said in", "I would like to pay", "said out",
				"Here is the link", "said aside", "tone good", "Payment", "Completed · 15.125 KWD", "said aside",
				"Webinar sign-up", "said operator", "Olga Petrova", "operator", "Is all well?", "said aside",
				"tone bad", "131047 · Re-engagement message");
		assertThat(page).contains("dir=\"auto\">I would like to pay<");
	}

	@Test
	void pagesThroughTheConversationWithTheNewestFirst() {
		for (int i = 0; i < 120; i++) {
			send(message("incoming_message", "c3", "Text %03d".formatted(i), NOON + i * 1_000, ""));
		}
		assertThat(get("/console/contacts/c3")).bodyText().contains("Text 119", "Text 070").doesNotContain("Text 069");
		String older = "/console/contacts/c3?cursor=" + (this.storage.events().newestId() - 49);
		assertThat(get("/console/contacts/c3")).bodyText().contains("href=\"" + older + "\"", "data-live=\"true\"");
		assertThat(get(older)).bodyText()
			.contains("Text 069", "Text 020", "rel=\"next\"", ">Newest<")
			.doesNotContain("Text 070", "Text 019", "data-live=\"true\"");
	}

	@Test
	void showsLongMessagesAndWhatCameWithThem() {
		send(message("incoming_message", "c4", "x".repeat(70_000), NOON, ""));
		send("""
				[{"title":"incoming_message","service":"whatsapp","date":%d,"contact":{"id":"c4","name":"Ana"},
				"info":{"message":{"channel_data":{"message":{"type":"image","image":{"id":"7","caption":"The receipt",
				"url":"https://example.com/receipt.jpg"}}}}}}]""".formatted(NOON + 1_000));
		assertThat(get("/console/contacts/c4")).bodyText()
			.contains("x".repeat(2_000), "Read on…", ">Image<", "The receipt")
			.doesNotContain("x".repeat(2_001));
	}

	@Test
	void findsContactsWhoseIdsServersRejectInAPath() {
		String id = "a/b c\"<?&";
		send(event("open_chat", "a/b c\\\"<?&", "Odd", NOON, ""));
		String query = "?id=a%2Fb%20c%22%3C%3F%26";
		assertThat(get("/console/contacts" + query)).hasStatusOk().bodyText().contains("<h1><bdi>Odd</bdi></h1>");
		assertThat(get("/console/contacts/erase" + query)).bodyText()
			.contains("href=\"/console/contacts" + query + "\"");
		assertThat(post("/console/contacts/erase", "id", id, "confirmation", id)).hasStatus(HttpStatus.SEE_OTHER);
	}

	@Test
	void tellsWhoIsNotThere() {
		assertThat(get("/console/contacts/nobody")).hasStatus(HttpStatus.NOT_FOUND)
			.bodyText()
			.contains("Nothing is stored of the contact “nobody”");
		assertThat(get("/console/contacts/erase?id=nobody")).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(post("/console/contacts/erase", "id", "nobody", "confirmation", "nobody"))
			.hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void erasesAPersonOnceTheirNameHasBeenTyped() {
		send(event("open_chat", "c5", "Chloé Martin", NOON, ""), event("open_chat", "c6", "Another", NOON, ""));
		send(payment("c5", "Chloé", NOON));
		assertThat(get("/console/contacts/erase?id=c5")).hasStatusOk()
			.bodyText()
			.contains("Erase <bdi>Chloé Martin</bdi>?", "2 events", "2 deliveries", "name=\"_csrf\"");
		for (String other : List.of("", "Chloé", "c6")) {
			assertThat(post("/console/contacts/erase", "id", "c5", "confirmation", other))
				.hasStatus(HttpStatus.BAD_REQUEST)
				.bodyText()
				.contains("Nothing was erased");
		}
		assertThat(this.storage.events().ofContact("c5").stored().events()).isEqualTo(2);
		// The accent is typed as a character of its own.
		MvcTestResult erased = post("/console/contacts/erase", "id", "c5", "confirmation", " chloe\u0301  MARTIN ");
		assertThat(erased).hasStatus(HttpStatus.SEE_OTHER)
			.hasRedirectedUrl("/console/contacts/erased?events=2&deliveries=2&attempts=0");
		assertThat(get("/console/contacts/erased?events=2&deliveries=2&attempts=0")).bodyText()
			.contains("2 events")
			.doesNotContain("Chlo");
		assertThat(this.storage.events().ofContact("c5").stored().events()).isZero();
		assertThat(this.storage.events().ofContact("c6").stored().events()).isEqualTo(1);
	}

	@Test
	void exportsAllOfAPersonAndOfNobodyElse() {
		send(event("open_chat", "c7", "Ana", NOON, ""), event("open_chat", "c8", "Other", NOON, ""));
		assertThat(get("/console/contacts/c7")).bodyText().contains("href=\"/console/events.ndjson?contact=c7\"");
		assertThat(body("/console/events.ndjson?contact=c7").lines()).singleElement()
			.satisfies((line) -> assertThat(line).contains("Ana"));
	}

	@Test
	void doesNothingForStrangersAndOtherSites() {
		send(event("open_chat", "c9", "Ana", NOON, ""));
		MockMvcRequestBuilder erase = this.mvc.post()
			.uri("/console/contacts/erase")
			.param("id", "c9")
			.param("confirmation", "Ana");
		assertThat(loggedIn(erase)).hasStatus(HttpStatus.FORBIDDEN);
		assertThat(this.mvc.get().uri("/console/contacts/c9").exchange()).hasStatus(HttpStatus.UNAUTHORIZED);
		assertThat(this.storage.events().ofContact("c9").stored().events()).isEqualTo(1);
	}

	@Test
	void takesNoSampleForAnEventOfSendPulse() {
		post("/console/connect/samples", "sample", "incoming-message", "source", "default");
		post("/console/connect/samples", "sample", "payment", "source", "default");
		assertThat(this.storage.events().newestId()).isPositive();
		assertThat(get("/console/connect")).bodyText()
			.contains("Waiting for the first event")
			.doesNotContain("Events arrive");
		send(event("open_chat", "c10", "Ana", NOON, ""));
		post("/console/connect/samples", "sample", "payment", "source", "default");
		assertThat(get("/console/connect")).bodyText().contains("Events arrive");
	}

	private void send(String... events) {
		for (String event : events) {
			this.receiver.receive("default", event.getBytes(StandardCharsets.UTF_8));
		}
	}

	private static String event(String title, String contact, String name, long date, String more) {
		return """
				[{"title":"%s","service":"whatsapp","date":%d,"bot":{"id":"b","name":"Coffee & Co"},
				"contact":{"id":"%s","name":"%s"%s},"info":null}]""".formatted(title, date, contact, name, more);
	}

	private static String message(String title, String contact, String text, long date, String more) {
		return """
				[{"title":"%s","service":"telegram","date":%d,"contact":{"id":"%s","name":"Ana"},
				"info":{"message":{"channel_data":{"message":{"text":"%s"}}%s}}}]""".formatted(title, date, contact,
				text, more);
	}

	private static String payment(String contact, String name, long at) {
		return """
				{"order":{"id":"o-%s","status":200,"totalCost":15.125,"currency":"KWD","customerName":"%s","type":1,
				"contactId":"%s","updatedAt":"%s"}}""".formatted(contact, name, contact, Instant.ofEpochMilli(at));
	}

	private MvcTestResult get(String path) {
		// The path is encoded already.
		return loggedIn(this.mvc.get().uri(URI.create(path)));
	}

	private String body(String path) {
		return new String(get(path).getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
	}

	private MvcTestResult post(String path, String... parameters) {
		MockMvcRequestBuilder request = this.mvc.post().uri(path).with(SecurityMockMvcRequestPostProcessors.csrf());
		for (int i = 0; i < parameters.length; i += 2) {
			request.param(parameters[i], parameters[i + 1]);
		}
		return loggedIn(request);
	}

	private static MvcTestResult loggedIn(MockMvcRequestBuilder request) {
		return request.with(SecurityMockMvcRequestPostProcessors.user("user")).exchange();
	}

}
