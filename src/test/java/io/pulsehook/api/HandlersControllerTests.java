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

import io.pulsehook.destination.Destinations;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.HandlerTable;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.SettableClock;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.TestDatabase;
import io.pulsehook.inbox.model.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class HandlersControllerTests {

	private static final String REST = "update pulsehook_handler set rest_since = 0, rest_until = 60000, "
			+ "rest_reason = 'a.Busy', rest_probes = 3 ";

	private final Dispatcher dispatcher = mock(Dispatcher.class);

	@Test
	void tellsWhatEachHandlerDoesInAWord(@TempDir Path directory) throws Exception {
		try (Storage storage = TestDatabase.SQLITE.open(directory, new SettableClock())) {
			storage.inbox()
				.subscribe(Stream.of("paused", "resting", "running", "spent")
					.map(HandlersControllerTests::subscription)
					.toList(), (arrivals) -> {
					});
			TestDatabase.SQLITE.execute(directory, REST + "where id in ('paused', 'resting')",
					"update pulsehook_handler set paused = 1 where id = 'paused'",
					"update pulsehook_handler set rest_since = 0, rest_reason = 'a.Busy' where id = 'spent'");
			MockMvcTester mvc = MockMvcTester.of(controller(storage));
			assertThat(mvc.get().uri("/handlers")).hasStatusOk()
				.bodyJson()
				.isLenientlyEqualTo(
						"""
								{"items": [
									{"id": "paused", "paused": true, "state": "paused", "rest": {"probes": 3}},
									{"id": "resting", "paused": false, "state": "resting", "rest": {"since": "1970-01-01T00:00:00Z",
										"until": "1970-01-01T00:01:00Z", "reason": "a.Busy", "probes": 3}},
									{"id": "running", "paused": false, "state": "running", "rest": null},
									{"id": "spent", "paused": false, "state": "running", "rest": {"until": null, "reason": "a.Busy"}}
								]}""");
		}
	}

	private HandlersController controller(Storage storage) {
		Handlers none = Handlers.among(new DefaultListableBeanFactory(), (name) -> mock(HandlerSettings.class),
				Stream.empty());
		DeliveryStates states = new DeliveryStates(storage.subscribers(), none, this.dispatcher);
		HandlerTable table = new HandlerTable(storage.backlog(), storage.subscribers(), storage.sharedSettings(),
				states, (handler) -> Map.of());
		return new HandlersController(table, this.dispatcher, states, new Destinations(List.of(), new EventReader()));
	}

	private static Subscription subscription(String handler) {
		return new Subscription(handler, Set.of("OpenChat"), false);
	}

}
