package io.pulsehook.console.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.JsonText;
import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Money;
import io.pulsehook.console.format.Times;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.NotFoundException;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.UnrecognizedEvent;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.Replays;

/**
 * Shows an event with its contents and its deliveries.
 */
@ConsoleController
@RequestMapping("/events/{id}")
public class EventDetailPage {

	private final StoredEvents events;

	private final Replays replays;

	private final EventRows rows;

	private final EventReader reader;

	private final DeliveryStates states;

	private final Pages pages;

	EventDetailPage(StoredEvents events, Replays replays, EventRows rows, EventReader reader, DeliveryStates states,
			Pages pages) {
		this.events = events;
		this.replays = replays;
		this.rows = rows;
		this.reader = reader;
		this.states = states;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@PathVariable String id, @RequestParam(required = false) @Nullable Long replay) {
		StoredEvent stored = find(id);
		byte[] body = this.events.body(stored.id()).orElseThrow(() -> new NotFoundException("event", id));
		Event event = (stored.reason() != null) ? new UnrecognizedEvent(stored.reason())
				: this.reader.read(body, stored.type());
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("event", stored);
		model.put("row", this.rows.of(List.of(stored)).get(0));
		model.put("received", Time.of(stored.receivedAt(), now));
		model.put("occurred", Time.of(stored.occurredAt(), now));
		model.put("raw", JsonText.pieces(new String(body, StandardCharsets.UTF_8)));
		model.put("size", body.length);
		model.put("bound", JsonText.pieces(this.reader.toJson(event).toString()));
		model.put("message", MessageBubble.of(event));
		model.put("payment", payment(event));
		List<StoredDelivery> deliveries = this.events.deliveries(stored.id());
		List<String> keptAway = this.states.keptAway(stored, event, deliveries);
		model.put("deliveries", rows(deliveries, now));
		model.put("steps", StepRow.byHandler(this.events.steps(stored.id()), now));
		model.put("keptAway", keptAway);
		model.put("missing", missing(stored, deliveries, keptAway));
		model.put("replay", (replay != null) ? this.replays.find(replay).orElse(null) : null);
		return this.pages.show("event", model);
	}

	// The body is always offered as a download: a browser must not run a script that a
	// sender has put into it.
	@GetMapping("/raw")
	ResponseEntity<byte[]> raw(@PathVariable String id) {
		StoredEvent stored = find(id);
		byte[] body = this.events.body(stored.id()).orElseThrow(() -> new NotFoundException("event", id));
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"event-" + stored.id() + ".json\"")
			.body(body);
	}

	@PostMapping("/replay")
	ModelAndView replay(@PathVariable String id, @RequestParam(defaultValue = "") String handler) {
		StoredEvent stored = find(id);
		Set<String> handlers = handler.isEmpty() ? Set.of() : Set.of(handler);
		Replay replay = this.replays.create(stored.id(), handlers, true);
		return this.pages.goTo("/events/" + stored.id() + "?replay=" + replay.id());
	}

	private StoredEvent find(String id) {
		return Ids.parse(id).flatMap(this.events::find).orElseThrow(() -> new NotFoundException("event", id));
	}

	private static List<Fact> payment(Event event) {
		if (!(event instanceof PaymentOrder order)) {
			return List.of();
		}
		String sum = (order.totalCost() != null) ? Money.of(order.totalCost(), order.currency()) : "unknown";
		return List.of(new Fact("Order", order.id()),
				new Fact("Payment", Labels.words(order.status().name()) + " (" + order.statusCode() + ")"),
				new Fact("Sum", sum), new Fact("Kind", order.isTest() ? "a test" : "real"));
	}

	// Finds the handlers that would take the event now: when it came, they did not exist,
	// or their filter was another one.
	private List<String> missing(StoredEvent stored, List<StoredDelivery> deliveries, List<String> keptAway) {
		Set<String> present = new HashSet<>(keptAway);
		deliveries.forEach((delivery) -> present.add(delivery.handler()));
		return this.states.subscriptions()
			.stream()
			.filter((known) -> known.takes(stored.type(), stored.title()) && !present.contains(known.handler()))
			.map(Subscription::handler)
			.toList();
	}

	private List<DeliveryRow> rows(List<StoredDelivery> deliveries, Instant now) {
		DeliveryStates.Snapshot states = this.states.snapshot();
		return deliveries.stream().map((delivery) -> row(delivery, states, now)).toList();
	}

	private static DeliveryRow row(StoredDelivery delivery, DeliveryStates.Snapshot states, Instant now) {
		DeliveryStatus status = states.of(delivery);
		boolean known = states.isAlive(delivery.handler());
		List<AttemptRow> attempts = Stream
			.concat(delivery.failures().stream().map((failure) -> AttemptRow.failed(failure, now)),
					(delivery.status() == DeliveryStatus.DONE) ? Stream.of(AttemptRow.succeeded(delivery, now))
							: Stream.empty())
			.sorted(Comparator.comparingInt(AttemptRow::run).thenComparingInt(AttemptRow::number).reversed())
			.toList();
		return new DeliveryRow(delivery.id().toString(), delivery.handler(), status.code(),
				Time.ofNullable(delivery.dueAt(), now), delivery.lastError(), retries(delivery, states),
				known && delivery.finishedAt() != null, attempts, others(delivery), delivery.burst());
	}

	private static List<Long> others(StoredDelivery delivery) {
		return delivery.burstEvents().stream().filter((event) -> event != delivery.eventId()).toList();
	}

	private static @Nullable String retries(StoredDelivery delivery, DeliveryStates.Snapshot states) {
		if (delivery.failures().isEmpty() || delivery.status() == DeliveryStatus.DONE) {
			return null;
		}
		Integer most = states.maxRetries(delivery.handler());
		return delivery.retriesSpent() + ((most != null) ? " of " + most : "") + " retries used";
	}

	/**
	 * A delivery with its attempts, newest first.
	 *
	 * @param id the idempotency key that its handler sees
	 * @param handler the handler's id
	 * @param status its status
	 * @param due when it may run
	 * @param error the error of the last attempt
	 * @param retries how many retries are used up, or {@code null} where that is of no
	 * interest
	 * @param repeatable whether it can be run again
	 * @param attempts what was tried
	 * @param together the other events of the same burst
	 * @param first the first event of the burst, with which its attempts are shown, or
	 * {@code null} without a burst
	 */
	record DeliveryRow(String id, String handler, String status, @Nullable Time due, @Nullable String error,
			@Nullable String retries, boolean repeatable, List<AttemptRow> attempts, List<Long> together,
			@Nullable Long first) {

	}

	/**
	 * A field of an event, as the page lists it.
	 *
	 * @param name its name
	 * @param value its value
	 */
	record Fact(String name, String value) {

	}

	/**
	 * An attempt.
	 *
	 * @param run its run
	 * @param number its number within the run
	 * @param ended when it ended
	 * @param took how long it took, where that is known
	 * @param error what went wrong, or {@code null} if it succeeded
	 * @param stackTrace the whole of that, or {@code null} if there is no more of it
	 * @param putOff whether the delivery was put off, so that no retry was used up
	 * @param answer what another system answered to which the event was passed on, or
	 * {@code null}
	 */
	record AttemptRow(int run, int number, Time ended, String took, @Nullable String error, @Nullable String stackTrace,
			boolean putOff, @Nullable String answer) {

		private static AttemptRow failed(FailedAttempt failure, Instant now) {
			return new AttemptRow(failure.run(), failure.attempt(), Time.of(failure.finishedAt(), now),
					Times.span(Duration.between(failure.startedAt(), failure.finishedAt())), failure.error(),
					failure.stackTrace().isEmpty() ? null : failure.stackTrace(), failure.putOff(), failure.answer());
		}

		private static AttemptRow succeeded(StoredDelivery delivery, Instant now) {
			Instant ended = (delivery.finishedAt() != null) ? delivery.finishedAt() : now;
			String took = (delivery.startedAt() != null) ? Times.span(Duration.between(delivery.startedAt(), ended))
					: "";
			return new AttemptRow(delivery.run(), delivery.attempts(), Time.of(ended, now), took, null, null, false,
					delivery.answer());
		}

	}

}
