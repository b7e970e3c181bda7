package io.pulsehook.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.model.Traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

class EventsControllerTests {

	private final Dispatcher dispatcher = mock(Dispatcher.class);

	@Test
	void asksOnceWhatRunsForAllDeliveriesOfAnEvent(@TempDir Path directory) throws Exception {
		try (Storage storage = TestDatabase.SQLITE.open(directory, new SettableClock())) {
			storage.inbox()
				.subscribe(Stream.of("a", "b", "c").map(EventsControllerTests::subscription).toList(), (arrivals) -> {
				});
			storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
			MockMvcTester mvc = MockMvcTester
				.of(new EventsController(storage.events(), new EventReader(), states(storage)));
			assertThat(mvc.get().uri("/events/1")).hasStatusOk()
				.bodyJson()
				.extractingPath("$.deliveries[*].status")
				.asArray()
				.containsExactly("pending", "pending", "pending");
		}
		verify(this.dispatcher, times(1)).running();
	}

	@Test
	void showsTheStepsOfADelivery(@TempDir Path directory) throws Exception {
		SettableClock clock = new SettableClock();
		try (Storage storage = TestDatabase.SQLITE.open(directory, clock)) {
			storage.inbox().subscribe(List.of(subscription("a"), subscription("b")), (arrivals) -> {
			});
			storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
			DueDelivery delivery = storage.deliveries()
				.claim(new ClaimRequest("b", Traffic.LIVE, clock.instant(), 1), (event) -> false)
				.deliveries()
				.get(0);
			storage.deliveries().steps().add(delivery, "charge", "{\"id\":\"r1\"}").join();
			MockMvcTester mvc = MockMvcTester
				.of(new EventsController(storage.events(), new EventReader(), states(storage)));
			MvcTestResult answer = mvc.get().uri("/events/1").exchange();
			assertThat(answer).bodyJson().extractingPath("$.deliveries[0].steps").asArray().isEmpty();
			assertThat(answer).bodyJson()
				.extractingPath("$.deliveries[1].steps[0]")
				.asMap()
				.containsExactlyInAnyOrderEntriesOf(Map.of("name", "charge", "run", 1, "attempt", 1, "finishedAt",
						clock.instant().toString(), "result", Map.of("id", "r1")));
		}
	}

	@Test
	void tellsWhenAWebhookArrivedThatWaited(@TempDir Path directory) throws Exception {
		SettableClock clock = new SettableClock();
		try (Storage storage = TestDatabase.SQLITE.open(directory, clock)) {
			NewEvent event = ExampleEvents.openChat("c", 1);
			storage.inbox()
				.store(List.of(event, ExampleEvents.openChat("c", 2).arrivedAt(clock.instant().minusSeconds(9))));
			MockMvcTester mvc = MockMvcTester
				.of(new EventsController(storage.events(), new EventReader(), states(storage)));
			assertThat(mvc.get().uri("/events/1")).bodyText().doesNotContain("arrivedAt");
			assertThat(mvc.get().uri("/events/2")).bodyJson()
				.extractingPath("$.arrivedAt")
				.isEqualTo(clock.instant().minusSeconds(9).toString());
		}
	}

	private DeliveryStates states(Storage storage) {
		Handlers none = Handlers.among(new DefaultListableBeanFactory(), (name) -> mock(HandlerSettings.class),
				Stream.empty());
		return new DeliveryStates(storage.subscribers(), none, this.dispatcher);
	}

	private static Subscription subscription(String handler) {
		return new Subscription(handler, Set.of("OpenChat"), false);
	}

}
