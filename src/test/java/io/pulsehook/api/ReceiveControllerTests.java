package io.pulsehook.api;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.UseMainMethod;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import io.pulsehook.Samples;
import io.pulsehook.app.PulsehookApplication;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = PulsehookApplication.class, useMainMethod = UseMainMethod.ALWAYS,
		properties = { "pulsehook.sources.shop.tokens=a-token-for-the-shop-s-own-events",
				"pulsehook.sources.school.tokens=a-token-for-the-school-s-events", "pulsehook.max-body-size=4KB",
				"pulsehook.max-elements=3", "spring.security.user.password=secret" })
@AutoConfigureMockMvc
@DirtiesContext
class ReceiveControllerTests {

	@TempDir
	private static Path directory;

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Storage storage;

	@DynamicPropertySource
	static void dataDirectory(DynamicPropertyRegistry registry) {
		registry.add("pulsehook.data-dir", () -> directory.resolve("data").toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { Samples.INCOMING_MESSAGE, Samples.PAYMENT_ORDER })
	void storesWhatAWebhookWouldHaveBrought(String sample) {
		MvcTestResult answer = post("shop", sample);
		assertThat(answer).hasStatus(HttpStatus.OK)
			.bodyJson()
			.isLenientlyEqualTo("{\"accepted\":1,\"duplicates\":0,\"unrecognized\":0}");
		assertThat(newest().source()).isEqualTo("shop");
		assertThat(post("shop", sample)).bodyJson()
			.isLenientlyEqualTo("{\"accepted\":0,\"duplicates\":1,\"unrecognized\":0}");
	}

	@Test
	void acceptsASourceThatIsConfiguredAndNoOther() {
		assertThat(post("nobody", "[{}]")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("nobody", "shop", "school");
		assertThat(post(null, "[{}]")).hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("'source' is missing", "shop", "school");
	}

	@Test
	void keepsWhatIsNoJsonAndSaysWhere() {
		assertThat(post("school", "[{\"title\":\"x\"")).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.contains("at byte");
		StoredEvent kept = newest();
		assertThat(kept.type()).isEqualTo("UnrecognizedEvent");
		assertThat(kept.source()).isEqualTo("school");
		assertThat(this.storage.events().body(kept.id()).map(String::new)).contains("[{\"title\":\"x\"");
	}

	@Test
	void boundsBytesAndElements() {
		StoredEvent before = newestOrNone();
		assertThat(post("shop", "[\"" + "x".repeat(4096) + "\"]")).hasStatus(HttpStatus.CONTENT_TOO_LARGE);
		assertThat(post("shop", "[1,2,3,4]")).hasStatus(HttpStatus.CONTENT_TOO_LARGE);
		assertThat(newestOrNone()).isEqualTo(before);
	}

	@Test
	void takesNothingButJson() {
		assertThat(this.mvc.post()
			.uri("/api/events?source=shop")
			.with(SecurityMockMvcRequestPostProcessors.httpBasic("user", "secret"))
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.content("[{}]")).hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
	}

	@Test
	void wantsALogin() {
		assertThat(this.mvc.post()
			.uri("/api/events?source=shop")
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.AUTHORIZATION, "Basic eDp5")
			.content("[{}]")).hasStatus(HttpStatus.UNAUTHORIZED);
	}

	private StoredEvent newest() {
		return page().get(0);
	}

	private @Nullable StoredEvent newestOrNone() {
		List<StoredEvent> page = page();
		return page.isEmpty() ? null : page.get(0);
	}

	private List<StoredEvent> page() {
		return this.storage.events().page(EventFilter.ALL, null, 1).events();
	}

	private MvcTestResult post(@Nullable String source, String body) {
		return this.mvc.post()
			.uri("/api/events" + ((source != null) ? "?source=" + source : ""))
			.with(SecurityMockMvcRequestPostProcessors.httpBasic("user", "secret"))
			.contentType(MediaType.APPLICATION_JSON)
			.content(body.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

}
