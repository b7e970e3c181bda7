package io.pulsehook.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.query.DeliveryPage;
import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.DeliveryPage.Cursor;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Lists deliveries of all events.
 */
@RestController
@RequestMapping("/deliveries")
class DeliveriesController {

	private final StoredEvents events;

	private final DeliveryStates states;

	DeliveriesController(StoredEvents events, DeliveryStates states) {
		this.events = events;
		this.states = states;
	}

	@GetMapping
	Items list(@RequestParam Map<String, String> values) {
		Parameters parameters = new Parameters(values, Set.of("handler", "status", "cursor", "limit"));
		String handler = parameters.text("handler");
		DeliveryStatus status = parameters.oneOf("status", DeliveryStatus.class);
		DeliveryStates.Snapshot states = this.states.snapshot();
		DeliveryPage page = this.events.deliveries(among(status), cursor(parameters.text("cursor")), parameters.limit(),
				(delivery) -> (handler == null || handler.equals(delivery.handler()))
						&& (status == null || status == states.of(delivery)));
		return new Items(
				page.deliveries().stream().map((delivery) -> DeliveryItem.of(delivery, states.of(delivery))).toList(),
				Objects.toString(page.next(), null));
	}

	private static Among among(@Nullable DeliveryStatus status) {
		if (status == null || status == DeliveryStatus.DONE) {
			return Among.ALL;
		}
		return (status == DeliveryStatus.DEAD) ? Among.DEAD : Among.UNFINISHED;
	}

	private static @Nullable Cursor cursor(@Nullable String text) {
		return (text != null) ? Cursor.parse(text).orElseThrow(() -> Parameters.badCursor(text)) : null;
	}

	record Items(List<DeliveryItem> items, @Nullable String next) {

	}

	/**
	 * A delivery in a list, without its attempts, which are shown with its event.
	 */
	record DeliveryItem(String id, String eventId, String handler, String status, int run, int attemptCount,
			@Nullable Instant dueAt, @Nullable Instant finishedAt, @Nullable String lastError) {

		static DeliveryItem of(StoredDelivery delivery, DeliveryStatus status) {
			return new DeliveryItem(delivery.id().toString(), Long.toString(delivery.eventId()), delivery.handler(),
					status.code(), delivery.run(), delivery.attempts(), delivery.dueAt(), delivery.finishedAt(),
					delivery.lastError());
		}

	}

}
