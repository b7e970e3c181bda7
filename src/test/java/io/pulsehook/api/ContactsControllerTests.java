package io.pulsehook.api;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.TestEvents;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class ContactsControllerTests {

	@Parameter
	TestDatabase database;

	@TempDir
	Path directory;

	private Inbox inbox;

	private MockMvcTester mvc;

	@BeforeEach
	void open() {
		this.inbox = this.database.open(this.directory, new SettableClock());
		this.mvc = MockMvcTester.of(List.of(new ContactsController(this.inbox)),
				(builder) -> builder.setControllerAdvice(new ApiProblems()).build());
	}

	@AfterEach
	void close() throws Exception {
		this.inbox.close();
	}

	@Test
	void erasesAPersonAndSaysWhat() {
		this.inbox.store(List.of(TestEvents.openChat("person", 1), TestEvents.openChat("other", 1)));
		assertThat(this.mvc.delete().uri("/pulsehook/api/contacts/person")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("""
					{"events":1,"deliveries":0,"attempts":0}""");
		assertThat(this.inbox.events().find(1)).isEmpty();
		assertThat(this.inbox.events().find(2)).isPresent();
	}

	@Test
	void answersZerosForAnUnknownPerson() {
		assertThat(this.mvc.delete().uri("/pulsehook/api/contacts/nobody")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("""
					{"events":0,"deliveries":0,"attempts":0}""");
	}

	@Test
	void asksToRepeatWhatCouldNotBeWritten() throws Exception {
		this.inbox.close();
		assertThat(this.mvc.delete().uri("/pulsehook/api/contacts/person")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader("Retry-After", "10");
	}

}
