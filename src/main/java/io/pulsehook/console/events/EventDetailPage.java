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
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.event.BackLink;
import io.pulsehook.console.event.EventHeading;
import io.pulsehook.console.event.EventLookup;
import io.pulsehook.console.event.FoundEvent;
import io.pulsehook.console.event.PaymentFacts;
import io.pulsehook.console.event.Surroundings;
import io.pulsehook.console.event.WaitReasons;
import io.pulsehook.console.event.WaitReasons.Reason;
import io.pulsehook.console.format.ContactLink;
import io.pulsehook.console.format.JsonText;
import io.pulsehook.console.format.Times;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredDelivery.FailedAttempt;
import io.pulsehook.inbox.query.StoredDelivery.FormerSuccess;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.replay.Replays;

/**
 * Shows an event with its contents and its deliveries.
 */
@ConsoleController
@RequestMapping("/events/{id}")
public class EventDetailPage {

	private final EventLookup lookup;

	private final Replays replays;

	private final Surroundings surroundings;

	private final WaitReasons reasons;

	private final DeliveryStates states;

	private final Pages pages;

	EventDetailPage(EventLookup lookup, Replays replays, Surroundings surroundings, WaitReasons reasons,
			DeliveryStates states, Pages pages) {
		this.lookup = lookup;
		this.replays = replays;
		this.surroundings = surroundings;
		this.reasons = reasons;
		this.states = states;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show(@PathVariable String id, @RequestParam(required = false) @Nullable Long replay,
			@RequestHeader(name = HttpHeaders.REFERER, required = false) @Nullable String referer) {
		FoundEvent found = this.lookup.find(id);
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("back", BackLink.query(referer, "/console/events"));
		model.put("replay", (replay != null) ? this.replays.find(replay).orElse(null) : null);
		describe(found, now, model);
		List<StoredDelivery> deliveries = this.lookup.deliveries(found.id());
		List<String> keptAway = this.states.keptAway(found.stored(), found.event(), deliveries);
		model.put("deliveries", rows(found.stored(), deliveries, now));
		model.put("steps", StepRow.byHandler(this.lookup.steps(found.id()), now));
		model.put("keptAway", keptAway);
		model.put("missing", missing(found.stored(), deliveries, keptAway));
		return this.pages.show("event", model);
	}

	private void describe(FoundEvent found, Instant now, Map<String, Object> model) {
		StoredEvent stored = found.stored();
		model.put("event", stored);
		model.put("heading", EventHeading.of(found));
		model.put("received", Time.of(stored.receivedAt(), now));
		model.put("arrived", Time.ofNullable(stored.arrivedAt(), now));
		model.put("occurred", Time.of(stored.occurredAt(), now));
		model.put("raw", JsonText.pieces(new String(found.body(), StandardCharsets.UTF_8)));
		model.put("bound", JsonText.pieces(this.lookup.toJson(found.event())));
		model.put("message", MessageBubble.of(found.event()));
		model.put("payment", PaymentFacts.of(found.event()));
		model.put("history", this.surroundings.history(found, now));
		model.put("neighbours", this.surroundings.neighbours(stored));
		model.put("contactLink", ContactLink.ofNullable(stored.contact()));
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

	private List<DeliveryRow> rows(StoredEvent event, List<StoredDelivery> deliveries, Instant now) {
		DeliveryStates.Snapshot states = this.states.snapshot();
		return deliveries.stream()
			.map((delivery) -> row(delivery, states, now, this.reasons.of(event, delivery, states.of(delivery), now)))
			.toList();
	}

	private static DeliveryRow row(StoredDelivery delivery, DeliveryStates.Snapshot states, Instant now,
			List<Reason> reasons) {
		DeliveryStatus status = states.of(delivery);
		boolean known = states.isAlive(delivery.handler());
		List<AttemptRow> attempts = Stream
			.of(delivery.failures().stream().map((failure) -> AttemptRow.failed(failure, now)),
					delivery.formerSuccesses().stream().map((success) -> AttemptRow.succeededFormerly(success, now)),
					(delivery.status() == DeliveryStatus.DONE) ? Stream.of(AttemptRow.succeeded(delivery, now))
							: Stream.<AttemptRow>empty())
			.flatMap(Function.identity())
			.sorted(Comparator.comparingInt(AttemptRow::run).thenComparingInt(AttemptRow::number).reversed())
			.toList();
		return new DeliveryRow(delivery.id().toString(), delivery.handler(), status.code(),
				Time.ofNullable(delivery.dueAt(), now), delivery.lastError(), retries(delivery, states),
				known && delivery.finishedAt() != null, attempts, others(delivery), delivery.burst(), reasons);
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
	 * @param reasons what it waits for, if it waits
	 */
	record DeliveryRow(String id, String handler, String status, @Nullable Time due, @Nullable String error,
			@Nullable String retries, boolean repeatable, List<AttemptRow> attempts, List<Long> together,
			@Nullable Long first, List<Reason> reasons) {

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

		private static AttemptRow succeededFormerly(FormerSuccess success, Instant now) {
			Duration took = Duration.between(success.startedAt(), success.finishedAt());
			return new AttemptRow(success.run(), success.attempt(), Time.of(success.finishedAt(), now),
					took.isZero() ? "" : Times.span(took), null, null, false, success.answer());
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
