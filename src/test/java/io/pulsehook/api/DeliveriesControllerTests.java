package io.pulsehook.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

class DeliveriesControllerTests {

	private final Dispatcher dispatcher = mock(Dispatcher.class);

	@Test
	void asksOnceWhatRunsForAWholePage(@TempDir Path directory) throws Exception {
		try (Storage storage = TestDatabase.SQLITE.open(directory, new SettableClock())) {
			storage.inbox()
				.subscribe(Stream.of("a", "b", "c").map(DeliveriesControllerTests::subscription).toList(),
						(arrivals) -> {
						});
			storage.inbox().store(List.of(ExampleEvents.openChat("c", 1)));
			MockMvcTester mvc = MockMvcTester.of(new DeliveriesController(storage.events(), states(storage)));
			assertThat(mvc.get().uri("/deliveries?status=pending")).hasStatusOk()
				.bodyJson()
				.extractingPath("$.items[*].status")
				.asArray()
				.containsExactly("pending", "pending", "pending");
		}
		verify(this.dispatcher, times(1)).running();
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
