package io.pulsehook.console.event;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

import io.pulsehook.console.frame.ConsoleController;
import io.pulsehook.console.frame.Pages;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.replay.Replay;
import io.pulsehook.inbox.replay.Replays;

/**
 * Runs an event again. What a handler has done already it does again only after a
 * question: a second run may send a second message, or give access twice.
 */
@ConsoleController
@RequestMapping("/events/{id}/replay")
public class EventReplayPage {

	private final EventLookup lookup;

	private final Replays replays;

	private final Pages pages;

	EventReplayPage(EventLookup lookup, Replays replays, Pages pages) {
		this.lookup = lookup;
		this.replays = replays;
		this.pages = pages;
	}

	@GetMapping
	ModelAndView ask(@PathVariable String id, @RequestParam(defaultValue = "") String handler) {
		FoundEvent found = this.lookup.find(id);
		List<StoredDelivery> deliveries = this.lookup.deliveries(found.id());
		return this.pages.show("event-replay",
				Map.of("event", found.stored(), "heading", EventHeading.of(found), "handler", handler, "done",
						done(deliveries, handler), "failed", handler.isEmpty() ? failed(deliveries) : List.of()));
	}

	/**
	 * Runs the event again, or asks first.
	 * @param id the event's id
	 * @param handler the handler, or empty for all
	 * @param run empty unless the question was answered: {@code all}, or {@code failed}
	 * to leave out what is done
	 * @param user who asks, or {@code null} if nobody is logged in
	 * @return the event's page or the question
	 */
	@PostMapping
	ModelAndView run(@PathVariable String id, @RequestParam(defaultValue = "") String handler,
			@RequestParam(defaultValue = "") String run, @Nullable Principal user) {
		long event = this.lookup.find(id).id();
		if (run.isEmpty() && !done(this.lookup.deliveries(event), handler).isEmpty()) {
			return this.pages.goTo(UriComponentsBuilder.fromPath("/events/" + event + "/replay")
				.queryParam("handler", "{handler}")
				.encode()
				.buildAndExpand(handler)
				.toUriString());
		}
		Set<String> handlers = handler.isEmpty() ? Set.of() : Set.of(handler);
		Replay replay = this.replays.create(event, handlers, !run.equals("failed"),
				(user != null) ? user.getName() : null);
		return this.pages.goTo("/events/" + event + "?replay=" + replay.id());
	}

	private static List<String> done(List<StoredDelivery> deliveries, String handler) {
		return handlers(deliveries, DeliveryStatus.DONE).stream()
			.filter((known) -> handler.isEmpty() || known.equals(handler))
			.toList();
	}

	private static List<String> failed(List<StoredDelivery> deliveries) {
		return handlers(deliveries, DeliveryStatus.DEAD);
	}

	private static List<String> handlers(List<StoredDelivery> deliveries, DeliveryStatus status) {
		return deliveries.stream()
			.filter((delivery) -> delivery.status() == status)
			.map(StoredDelivery::handler)
			.toList();
	}

}
