package io.pulsehook.console.handlers;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.DeadLetters;
import io.pulsehook.inbox.query.DeliveryPage;
import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.DeliveryPage.Cursor;
import io.pulsehook.inbox.query.ErrorPattern;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.ReplayRequest;
import io.pulsehook.inbox.replay.Replays;

/**
 * Shows dead letters grouped by their cause, and runs them again.
 */
@ConsoleController
@RequestMapping("/dead-letters")
public class DeadLettersPage {

	private static final int LIMIT = 50;

	private static final EventFilter DEAD = EventFilter.builder().status(EventStatus.DEAD).build();

	private final DeadLetters deadLetters;

	private final StoredEvents events;

	private final Replays replays;

	private final Subscribers subscribers;

	private final Pages pages;

	DeadLettersPage(DeadLetters deadLetters, StoredEvents events, Replays replays, Subscribers subscribers,
			Pages pages) {
		this.deadLetters = deadLetters;
		this.events = events;
		this.replays = replays;
		this.subscribers = subscribers;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView groups() {
		DeadLetters.Groups found = this.deadLetters.groups();
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("groups", found.groups().stream().map((group) -> row(group, now)).toList());
		model.put("read", found.deliveries());
		model.put("complete", found.complete());
		return this.pages.show("dead-letters", model);
	}

	private GroupRow row(DeadLetters.Group group, Instant now) {
		return new GroupRow(group.handler(), group.error(), Failure.of(group.example()), group.deliveries(),
				Time.of(group.first(), now), Time.of(group.last(), now), known().contains(group.handler()));
	}

	@GetMapping("/group")
	ModelAndView group(@RequestParam String handler, @RequestParam String error,
			@RequestParam(defaultValue = "") String cursor) {
		DeliveryPage page = this.events.deliveries(Among.DEAD, Cursor.parse(cursor).orElse(null), LIMIT,
				(delivery) -> isIn(delivery, handler, error));
		Instant now = this.pages.now();
		Map<String, Object> model = new HashMap<>();
		model.put("handler", handler);
		model.put("error", error);
		model.put("known", known().contains(handler));
		model.put("letters", page.deliveries().stream().map((delivery) -> Letter.of(delivery, now)).toList());
		model.put("next", Objects.toString(page.next(), null));
		return this.pages.show("dead-group", model);
	}

	private static boolean isIn(StoredDelivery delivery, String handler, String error) {
		return delivery.handler().equals(handler) && delivery.lastError() != null
				&& ErrorPattern.of(delivery.lastError()).equals(error);
	}

	// Shows how many deliveries there are, and asks for a confirmation before any of them
	// runs again.
	@GetMapping("/replay")
	ModelAndView confirm(@RequestParam(defaultValue = "") String handler,
			@RequestParam(defaultValue = "") String error) {
		Map<String, Object> model = new HashMap<>();
		model.put("handler", handler);
		model.put("error", error);
		DeadLetters.Groups found = this.deadLetters.groups();
		Set<String> known = known();
		model.put("count",
				found.groups()
					.stream()
					.filter((group) -> known.contains(group.handler()))
					.filter((group) -> handler.isEmpty() || handler.equals(group.handler()))
					.filter((group) -> error.isEmpty() || error.equals(group.error()))
					.mapToLong(DeadLetters.Group::deliveries)
					.sum());
		model.put("more", !found.complete());
		return this.pages.show("replay-confirm", model);
	}

	@PostMapping("/replay")
	ModelAndView replay(@RequestParam(defaultValue = "") String handler,
			@RequestParam(defaultValue = "") String error) {
		Replay replay = this.replays.create(request(handler, error));
		return this.pages.goTo("/replays/" + replay.id());
	}

	private static ReplayRequest request(String handler, String error) {
		return new ReplayRequest(DEAD, handler.isEmpty() ? Set.of() : Set.of(handler), false,
				error.isEmpty() ? null : error);
	}

	private Set<String> known() {
		return this.subscribers.all().stream().map(Subscription::handler).collect(Collectors.toSet());
	}

	/**
	 * A group of dead letters.
	 *
	 * @param handler the handler's id
	 * @param error what their errors have in common
	 * @param example the error of the newest
	 * @param deliveries how many there are
	 * @param first when the first died
	 * @param last when the last died
	 * @param known whether the handler still exists
	 */
	record GroupRow(String handler, String error, Failure example, long deliveries, Time first, Time last,
			boolean known) {

	}

	/**
	 * A dead letter.
	 *
	 * @param event the event's id
	 * @param error why it was given up
	 * @param attempts after how many attempts
	 * @param died when
	 */
	record Letter(long event, Failure error, int attempts, @Nullable Time died) {

		private static Letter of(StoredDelivery delivery, Instant now) {
			return new Letter(delivery.eventId(), Failure.of(delivery.lastError()), delivery.attempts(),
					Time.ofNullable(delivery.finishedAt(), now));
		}

	}

	/**
	 * An error in two parts.
	 *
	 * @param type the simple name of the exception; empty if the error is a sentence
	 * @param message what it said
	 */
	record Failure(String type, String message) {

		/**
		 * Returns what stands above the rest.
		 * @return the type, or else the message
		 */
		public String title() {
			return this.type.isEmpty() ? this.message : this.type;
		}

		private static Failure of(@Nullable String error) {
			String whole = (error != null) ? error : "";
			int end = whole.indexOf(": ");
			String name = (end >= 0) ? whole.substring(0, end) : whole;
			if (name.indexOf(' ') >= 0) {
				return new Failure("", whole);
			}
			return new Failure(name.substring(name.lastIndexOf('.') + 1), (end >= 0) ? whole.substring(end + 2) : "");
		}

	}

}
