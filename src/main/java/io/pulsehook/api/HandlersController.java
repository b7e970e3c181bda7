package io.pulsehook.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.HandlerSettings;
import io.pulsehook.dispatch.RegisteredHandler;
import io.pulsehook.dispatch.RunningDelivery;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * The handlers, and how much each has before it.
 */
@RestController
@RequestMapping("/handlers")
class HandlersController {

	private final Inbox inbox;

	private final StoredEvents events;

	private final Dispatcher dispatcher;

	private final DeliveryStates states;

	HandlersController(Inbox inbox, Dispatcher dispatcher, DeliveryStates states) {
		this.inbox = inbox;
		this.events = inbox.events();
		this.dispatcher = dispatcher;
		this.states = states;
	}

	@GetMapping
	Items list() {
		Map<String, Map<String, Long>> counts = counts();
		Set<String> paused = this.inbox.pausedHandlers();
		List<HandlerView> handlers = new ArrayList<>();
		for (RegisteredHandler handler : this.states.handlers()) {
			Map<String, Long> own = counts.remove(handler.id());
			handlers.add(new HandlerView(handler.id(), handler.type(), handler.settings(),
					paused.contains(handler.id()), (own != null) ? own : Map.of()));
		}
		for (Subscription elsewhere : this.states.elsewhere()) {
			Map<String, Long> own = counts.remove(elsewhere.handler());
			handlers.add(new HandlerView(elsewhere.handler(),
					String.join(", ", elsewhere.types().stream().sorted().toList()), null,
					paused.contains(elsewhere.handler()), (own != null) ? own : Map.of()));
		}
		counts.forEach((handler, left) -> handlers
			.add(new HandlerView(handler, null, null, paused.contains(handler), orphaned(left))));
		return new Items(handlers);
	}

	@PostMapping("/{id}/pause")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void pause(@PathVariable String id) {
		this.dispatcher.pause(known(id));
	}

	@PostMapping("/{id}/resume")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void resume(@PathVariable String id) {
		this.dispatcher.resume(known(id));
	}

	private String known(String id) {
		if (!this.states.isAlive(id)) {
			throw ApiProblems.unknown("handler", id);
		}
		return id;
	}

	private Map<String, Map<String, Long>> counts() {
		Map<String, Map<String, Long>> counts = new TreeMap<>();
		this.events.counts()
			.forEach((count) -> counts.computeIfAbsent(count.handler(), (handler) -> new LinkedHashMap<>())
				.put(count.status().code(), count.deliveries()));
		this.states.running()
			.forEach((running) -> count(running,
					counts.computeIfAbsent(running.handler(), (handler) -> new LinkedHashMap<>())));
		return counts;
	}

	// A shared database counts what all have at hand, but only this process knows what
	// hangs in it.
	private void count(RunningDelivery running, Map<String, Long> counts) {
		if (running.hung()) {
			counts.merge(DeliveryStatus.HUNG.code(), 1L, Long::sum);
		}
		if (!this.inbox.isShared() && !running.hung()) {
			counts.merge(DeliveryStatus.RUNNING.code(), 1L, Long::sum);
		}
		if (this.inbox.isShared() && running.hung()) {
			counts.computeIfPresent(DeliveryStatus.RUNNING.code(), (status, count) -> (count > 1) ? count - 1 : null);
		}
	}

	private static Map<String, Long> orphaned(Map<String, Long> counts) {
		Map<String, Long> orphaned = new LinkedHashMap<>();
		counts
			.forEach((status, count) -> orphaned.merge(status.equals(DeliveryStatus.DEAD.code()) ? status : DeliveryStatus.ORPHANED.code(), count, Long::sum));
		return orphaned;
	}

	record Items(List<HandlerView> items) {

	}

	/**
	 * A handler.
	 *
	 * @param id the bean name
	 * @param type what it receives; {@code null} if there is no such bean any more
	 * @param settings how it is run; {@code null} likewise, or if only other replicas
	 * have it
	 * @param paused whether it rests
	 * @param counts how many of its deliveries have a status, of those not done; what
	 * runs is pending or retrying as well
	 */
	record HandlerView(String id, @Nullable String type, @Nullable HandlerSettings settings, boolean paused,
			Map<String, Long> counts) {

	}

}
