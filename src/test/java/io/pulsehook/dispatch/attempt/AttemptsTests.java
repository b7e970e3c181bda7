package io.pulsehook.dispatch.attempt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pulsehook.EventHandler;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettings.Ordering;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

class AttemptsTests {

	private static final String BODY = "{\"title\":\"open_chat\",\"service\":\"telegram\"}";

	private final Deliveries deliveries = mock(Deliveries.class);

	private final Attempts attempts = new Attempts(new EventReader(), this.deliveries, List.of(),
			ObservationRegistry.NOOP, Long::toString);

	@Test
	void decodeTheBodyWhenTheHandlerAsksForItAndOnce() throws Exception {
		byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
		List<String> seen = new ArrayList<>();
		attempt(body, (event, delivery) -> {
			Arrays.fill(body, (byte) 'a');
			seen.add(delivery.raw());
			Arrays.fill(body, (byte) 'b');
			seen.add(delivery.raw());
		});
		assertThat(seen).hasSize(2).allMatch((raw) -> raw.matches("a+"));
		assertThat(seen.get(0)).isSameAs(seen.get(1));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, false", "2, 0, false", "3, 0, true", "3, 1, false", "7, 4, true" })
	void theLastAttemptIsTheOneThatCanSpendNoRetry(int attempts, int putOffs, boolean last) throws Exception {
		List<Boolean> seen = new ArrayList<>();
		attempt(due(BODY.getBytes(StandardCharsets.UTF_8), attempts, putOffs),
				(event, delivery) -> seen.add(delivery.isLastAttempt()));
		assertThat(seen).containsExactly(last);
	}

	@Test
	void tellWhenTheWebhookArrived() throws Exception {
		NewEvent event = ExampleEvents.openChat("c", 1);
		Instant received = Instant.parse("2026-01-31T12:00:00Z");
		Instant arrived = received.minusSeconds(90);
		List<Instant> seen = new ArrayList<>();
		for (NewEvent stored : List.of(event, event.arrivedAt(arrived))) {
			attempt(DueDelivery.stored(1, "h", null, 1, stored, received, null), (any, delivery) -> {
				seen.add(delivery.receivedAt());
				seen.add(delivery.arrivedAt());
			});
		}
		assertThat(seen).containsExactly(received, received, received, arrived);
	}

	@Test
	void askNothingForAHandlerWithoutSteps() throws Exception {
		attempt(BODY.getBytes(StandardCharsets.UTF_8), (event, delivery) -> {
		});
		verifyNoInteractions(this.deliveries);
	}

	private void attempt(byte[] body, EventHandler<Event> handler) throws Exception {
		attempt(due(body, 0, 0), handler);
	}

	private void attempt(DueDelivery due, EventHandler<Event> handler) throws Exception {
		HandlerSettings settings = new HandlerSettings(3, Duration.ofSeconds(1), 3, Duration.ofHours(1), Duration.ZERO,
				List.of(), List.of(), Duration.ofSeconds(60), 8, Ordering.KEY, Map.of(), null, 0,
				Duration.ofSeconds(10), Duration.ofMinutes(1), 100);
		this.attempts.attempt(new RegisteredHandler("h", Event.class, handler, settings), due, List.of(due));
	}

	private static DueDelivery due(byte[] body, int attempts, int putOffs) {
		return new DueDelivery(1, "h", null, 1, attempts, 1, "default", "OpenChat", null, Instant.EPOCH, null, null,
				body, 0, putOffs, (putOffs > 0) ? Instant.EPOCH : null, false, null);
	}

}
