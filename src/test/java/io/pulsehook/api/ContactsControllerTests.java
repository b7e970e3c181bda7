package io.pulsehook.api;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class ContactsControllerTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private long date = 1_760_000_000;

	private Storage storage;

	private MockMvcTester mvc;

	@BeforeEach
	void open() {
		this.storage = this.database.open(this.directory, new SettableClock());
		this.mvc = MockMvcTester.of(List.of(new ContactsController(this.storage.erasure(), new EventReader())),
				(builder) -> builder.setControllerAdvice(new ApiProblems()).build());
	}

	@AfterEach
	void close() throws Exception {
		this.storage.close();
	}

	@Test
	void erasesAPersonAndSaysWhat() {
		this.storage.inbox().store(List.of(ExampleEvents.openChat("person", 1), ExampleEvents.openChat("other", 1)));
		assertThat(this.mvc.delete().uri("/contacts/person")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				{"events":1,"deliveries":0,"attempts":0,"kept":0}""");
		assertThat(this.storage.events().find(1)).isEmpty();
		assertThat(this.storage.events().find(2)).isPresent();
	}

	@Test
	void answersZerosForAnUnknownPerson() {
		assertThat(this.mvc.delete().uri("/contacts/nobody")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				{"events":0,"deliveries":0,"attempts":0,"kept":0}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "a\\b", "50%", "a;b=c", "a\nb\r\nc", "..", "../../x", "a\0b", "\uD800x", "ünïcode",
			" ", "{id}", "erase" })
	void erasesAnyIdThatAContactCanHave(String id) {
		receive(id, "other");
		assertErased(id, 1, 0);
		assertThat(this.storage.events().find(1)).isEmpty();
		assertThat(this.storage.events().find(2)).isPresent();
		receive(id + "!", id);
		assertThat(this.mvc.delete().uri("/contacts").queryParam("id", id)).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo(erased(1, 0));
		assertThat(this.storage.events().find(3)).isPresent();
		assertThat(this.storage.events().find(4)).isEmpty();
	}

	@Test
	void erasesOneOfTwoPersonsWhoseLongIdsAreStoredAlike() {
		String start = "x".repeat(200);
		receive(start + "one", start + "two", start, "x".repeat(199));
		assertErased(start + "one", 1, 2);
		assertErased(start + "nobody", 0, 2);
		assertErased(start, 1, 1);
		assertThat(this.storage.events().find(2)).isPresent();
		assertThat(this.storage.events().find(4)).isPresent();
	}

	@Test
	void erasesOneOfTwoPersonsWhoseIdsHaveOtherCharactersReplaced() {
		receive("a\0b", "a\uFFFDb");
		assertErased("a\uFFFDb", 1, 1);
		assertThat(this.storage.events().find(1)).isPresent();
	}

	@Test
	void erasesAPersonWhoseIdIsANumber() {
		receive("12345678901");
		assertThat(this.mvc.post()
			.uri("/contacts/erase")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"id\":12345678901}")).hasStatusOk().bodyJson().isStrictlyEqualTo(erased(1, 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"id\":\"\"}", "{\"id\":null}", "{\"id\":[\"a\"]}",
			"{\"id\":\"a\",\"also\":\"b\"}", "{\"contact\":\"a\"}" })
	void erasesNobodyForAnythingButAnId(String body) {
		receive("a", "b");
		assertThat(this.mvc.post().uri("/contacts/erase").contentType(MediaType.APPLICATION_JSON).content(body))
			.hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(this.mvc.delete().uri("/contacts")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(this.mvc.delete().uri("/contacts?id=")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(this.mvc.delete().uri("/contacts?id=a&source=b")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(this.storage.events().find(1)).isPresent();
		assertThat(this.storage.events().find(2)).isPresent();
	}

	private void receive(String... contacts) {
		for (String contact : contacts) {
			Map<String, Object> event = Map.of("title", "open_chat", "date", ++this.date, "contact",
					Map.of("id", contact));
			new Receiver(new EventReader(), this.storage.inbox(), 100, ObservationRegistry.NOOP).receive("default",
					json(List.of(event)).getBytes(StandardCharsets.UTF_8));
		}
	}

	private void assertErased(String id, int events, int kept) {
		assertThat(this.mvc.post()
			.uri("/contacts/erase")
			.contentType(MediaType.APPLICATION_JSON)
			.content(json(Map.of("id", id)))).hasStatusOk().bodyJson().isStrictlyEqualTo(erased(events, kept));
	}

	// Everything is escaped, since half of a surrogate pair cannot be sent otherwise.
	private static String json(Object value) {
		return JsonMapper.shared().writeValueAsString(value).replace("\uD800", "\\ud800");
	}

	private static String erased(int events, int kept) {
		return "{\"events\":%d,\"deliveries\":0,\"attempts\":0,\"kept\":%d}".formatted(events, kept);
	}

	@Test
	void asksToRepeatWhatCouldNotBeWritten() throws Exception {
		this.storage.close();
		assertThat(this.mvc.delete().uri("/contacts/person")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader("Retry-After", "10");
	}

}
