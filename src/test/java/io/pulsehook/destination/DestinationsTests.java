package io.pulsehook.destination;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.pulsehook.RetryLaterException;
import io.pulsehook.destination.Destinations.TestResult;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the samples that show whether a destination answers.
 */
class DestinationsTests {

	private final List<OutgoingEvent> sent = new ArrayList<>();

	static List<Class<? extends Event>> types() {
		return List.copyOf(EventTypes.all());
	}

	@ParameterizedTest
	@MethodSource("types")
	void sendsASampleOfTheFirstType(Class<? extends Event> type) {
		Destinations destinations = destinations(List.of(type.getSimpleName(), "Event"), (event) -> {
			this.sent.add(event);
			return "204 No Content";
		});
		assertThat(destinations.test("crm")).hasValueSatisfying((result) -> {
			assertThat(result.ok()).isTrue();
			assertThat(result.answer()).isEqualTo("204 No Content");
			assertThat(result.error()).isNull();
			assertThat(result.millis()).isNotNegative();
		});
		assertThat(this.sent).singleElement().satisfies((event) -> {
			assertThat(event.isTest()).isTrue();
			assertThat(event.event()).isInstanceOf(type);
			assertThat(event.type()).isEqualTo(type.getSimpleName());
			assertThat(event.delivery().id()).startsWith(OutgoingEvent.TEST_PREFIX);
			assertThat(event.delivery().handler()).isEqualTo("crm");
			assertThat(event.delivery().raw()).isEqualTo(new String(event.body()));
		});
	}

	@Test
	void aNameMayBeSpeltAsInTheConfiguration() {
		assertThat(destinations(List.of(), (event) -> "204 No Content").test("C-RM")).isPresent();
	}

	@Test
	void noTwoSamplesHaveOneId() {
		Destinations destinations = destinations(List.of(), (event) -> {
			this.sent.add(event);
			return "";
		});
		destinations.test("crm");
		destinations.test("crm");
		assertThat(this.sent).extracting((event) -> event.delivery().id()).doesNotHaveDuplicates();
	}

	@Test
	void tellsWhyASampleWasNotTaken() {
		assertThat(failing(new DestinationException("It answered 400 Bad Request.", "what is this?")))
			.isEqualTo(new TestResult(false, "what is this?", "It answered 400 Bad Request.", 0));
	}

	@Test
	void tellsWhyAPauseWasAskedFor() {
		assertThat(failing(new RetryLaterException(Duration.ofMinutes(1),
				new DestinationException("It answered 429 Too Many Requests.", null))))
			.isEqualTo(new TestResult(false, null, "It answered 429 Too Many Requests.", 0));
	}

	@Test
	void quotesNothingOfOtherFailures() {
		assertThat(failing(new SocketTimeoutException("https://crm.example/hidden")))
			.isEqualTo(new TestResult(false, null, "java.net.SocketTimeoutException", 0));
	}

	@Test
	void knowsNoOtherDestination() {
		assertThat(destinations(List.of(), (event) -> "").test("other")).isEmpty();
	}

	private static TestResult failing(Exception failure) {
		TestResult result = destinations(List.of(), (event) -> {
			throw failure;
		}).test("crm").orElseThrow();
		return new TestResult(result.ok(), result.answer(), result.error(), 0);
	}

	private static Destinations destinations(List<String> types, Destination destination) {
		ConfiguredDestination crm = new ConfiguredDestination("crm", DestinationKind.HTTP, "crm.example", destination,
				EventTypes.named(types));
		return new Destinations(List.of(crm), new EventReader());
	}

}
