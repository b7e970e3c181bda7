package io.pulsehook.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.EventPage;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.query.StoredStep;

/**
 * Lists the events that were received, and shows one of them.
 */
@RestController
@RequestMapping("/events")
class EventsController {

	private final StoredEvents events;

	private final EventReader reader;

	private final DeliveryStates states;

	EventsController(StoredEvents events, EventReader reader, DeliveryStates states) {
		this.events = events;
		this.reader = reader;
		this.states = states;
	}

	@GetMapping
	Items list(@RequestParam Map<String, String> parameters) {
		EventQuery query = EventQuery.ofList(parameters);
		Long after = query.after();
		EventPage page = (after != null) ? this.events.pageAfter(query.filter(), after, query.limit())
				: this.events.page(query.filter(), query.cursor(), query.limit());
		return new Items(page.events().stream().map(EventView::of).toList(), Objects.toString(page.next(), null));
	}

	@GetMapping("/{id}")
	EventDetails details(@PathVariable String id) {
		StoredEvent stored = Ids.parse(id)
			.flatMap(this.events::find)
			.orElseThrow(() -> ApiProblems.unknown("event", id));
		byte[] body = this.events.body(stored.id()).orElseThrow(() -> ApiProblems.unknown("event", id));
		Event event = bind(stored, body);
		List<StoredDelivery> deliveries = this.events.deliveries(stored.id());
		return new EventDetails(EventView.of(stored), new String(body, StandardCharsets.UTF_8),
				this.reader.toJson(event), this.reader.messageToJson(event),
				views(deliveries, this.events.steps(stored.id())), this.states.keptAway(stored, event, deliveries));
	}

	// The content type is always JSON: a browser must not run a script that a sender has
	// put into a body.
	@GetMapping("/{id}/raw")
	ResponseEntity<byte[]> raw(@PathVariable String id) {
		byte[] body = Ids.parse(id).flatMap(this.events::body).orElseThrow(() -> ApiProblems.unknown("event", id));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header("X-Content-Type-Options", "nosniff")
			.body(body);
	}

	private Event bind(StoredEvent stored, byte[] body) {
		return (stored.reason() != null) ? new UnrecognizedEvent(stored.reason())
				: this.reader.read(body, stored.type());
	}

	private List<DeliveryView> views(List<StoredDelivery> deliveries, List<StoredStep> steps) {
		DeliveryStates.Snapshot states = this.states.snapshot();
		return deliveries.stream().map((delivery) -> DeliveryView.of(delivery, states, steps)).toList();
	}

	record Items(List<EventView> items, @Nullable String next) {

	}

}
