package io.pulsehook.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.util.FileSystemUtils;

import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.inbox.Storage;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the pages that show payments, some of which have absurd amounts.
 */
@SpringBootTest(classes = PulsehookApplication.class, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.token=a-token-for-the-tests-of-the-payments",
				"spring.security.user.password=secret" })
@AutoConfigureMockMvc
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaymentsPageTests {

	private static final Path directory = directory();

	private static final List<String> ABSURD_COSTS = List.of("1e2147483647", "99e2147483646", "0e2147483647",
			"1e-2147483647", "-1e2147483647", "\"1e2147483648\"", "1e99999999999", "\"many\"", "{\"sum\":1}", "1e101");

	private static final List<String> ABSURD_DATES = List.of("2099-01-01T00:00:00Z", "+99999-01-01T00:00:00Z",
			"+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "99999999999");

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Storage storage;

	@Autowired
	private Receiver receiver;

	// JUnit would inject a temporary directory only after the application has started.
	private static Path directory() {
		try {
			return Files.createTempDirectory("payments-page-tests");
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

	@BeforeAll
	void send() {
		ABSURD_COSTS.forEach((cost) -> send("cost", cost, "2099-01-01T00:00:00Z"));
		ABSURD_DATES.forEach((date) -> send("date" + date, "7", date));
		send("cost", "5", "2099-01-01T00:00:01Z");
		send("other", "1e2147483647", "2099-01-01T00:00:00Z");
		send("third", "0.25", "2099-01-01T00:00:00Z");
	}

	private void send(String order, String cost, String updatedAt) {
		this.receiver.receive("default",
				"""
						{"order":{"id":"%s","status":200,"currency":"EUR","totalCost":%s,"updatedAt":"%s"}}"""
					.formatted(order, cost, updatedAt)
					.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/console?range=day", "/console?range=month", "/console/events",
			"/console/events?kind=payment", "/api/events?limit=100" })
	void showWhateverWasPaid(String path) {
		assertThat(get(path)).hasStatusOk();
	}

	@Test
	void showEachEvent() {
		for (long id = 1; id <= this.storage.events().newestId(); id++) {
			assertThat(get("/console/events/" + id)).as("event %d", id).hasStatusOk();
			assertThat(get("/api/events/" + id)).as("event %d", id)
				.hasStatusOk()
				.bodyText()
				.contains("\"type\":\"PaymentOrder\"", "\"rawTotalCost\":");
		}
	}

	@Test
	void addUpWhatHasASum() {
		// The sum is 5 + 0.25 + 7 + 7: most dates cannot be read, so that no state of
		// their orders supersedes another.
		Awaitility.await().untilAsserted(() -> assertThat(get("/console")).bodyText().contains("19.25 EUR"));
	}

	private MvcTestResult get(String path) {
		return this.mvc.get().uri(path).with(SecurityMockMvcRequestPostProcessors.user("user")).exchange();
	}

}
