package io.pulsehook.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.HandlerSettings;
import io.pulsehook.dispatch.RegisteredHandler;
import io.pulsehook.dispatch.RunningDelivery;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.query.Backlog.Dead;
import io.pulsehook.inbox.query.Backlog.Unfinished;
import io.pulsehook.inbox.query.Latest.Score;

/**
 * Who takes the events, how each is doing, and how to let one rest.
 */
@ConsoleController
@RequestMapping("/handlers")
class HandlersPage {

	private final Inbox inbox;

	private final Dispatcher dispatcher;

	private final DeliveryStates states;

	private final InstantSource clock;

	private final Pages pages;

	HandlersPage(Inbox inbox, Dispatcher dispatcher, DeliveryStates states, ConsoleSettings settings, Pages pages) {
		this.inbox = inbox;
		this.dispatcher = dispatcher;
		this.states = states;
		this.clock = settings.clock();
		this.pages = pages;
	}

	@GetMapping
	ModelAndView show() {
		Counts counts = new Counts(this.inbox, this.states.running());
		Set<String> orphans = counts.handlers();
		this.inbox.subscriptions().forEach((handler) -> orphans.remove(handler.handler()));
		this.states.handlers().forEach((handler) -> orphans.remove(handler.id()));
		Set<String> paused = this.inbox.pausedHandlers();
		Map<String, Object> model = new HashMap<>();
		List<HandlerRow> rows = new ArrayList<>();
		for (RegisteredHandler handler : this.states.handlers()) {
			rows.add(row(handler.id(), Labels.type(handler.type()), handler.types(), counts, paused,
					settings(handler.settings())));
		}
		for (Subscription elsewhere : this.states.elsewhere()) {
			rows.add(row(elsewhere.handler(), "in another replica", elsewhere.types(), counts, paused, List.of()));
		}
		model.put("handlers", rows);
		model.put("orphans", orphans.stream().map(counts::orphan).toList());
		return this.pages.show("handlers", model);
	}

	private HandlerRow row(String id, String takes, Set<String> types, Counts counts, Set<String> paused,
			List<Setting> settings) {
		Unfinished unfinished = counts.unfinished(id);
		return new HandlerRow(id, takes, types.stream().map(Labels::type).sorted().toList(), paused.contains(id),
				counts.running(id, false), counts.running(id, true), (unfinished != null) ? unfinished.waiting() : 0,
				(unfinished != null) ? unfinished.retrying() : 0,
				age((unfinished != null) ? unfinished.oldest() : null), counts.dead(id), ScoreRow.of(counts.score(id)),
				settings);
	}

	private @Nullable String age(@Nullable Instant oldest) {
		return (oldest != null) ? Times.span(Duration.between(oldest, this.clock.instant())) : null;
	}

	private static List<Setting> settings(HandlerSettings settings) {
		return List.of(new Setting("Retries", settings.maxRetries() + " at most"),
				new Setting("Pauses",
						Times.span(settings.delay()) + ", then × " + settings.multiplier() + " up to "
								+ Times.span(settings.maxDelay())),
				new Setting("Timeout", Times.span(settings.timeout())),
				new Setting("At once", String.valueOf(settings.concurrency())),
				new Setting("Order", (settings.ordering() == HandlerSettings.Ordering.KEY)
						? "by contact or payment order" : "none"));
	}

	@PostMapping("/{id}/pause")
	ModelAndView pause(@PathVariable String id) {
		this.dispatcher.pause(known(id));
		return this.pages.goTo("/handlers");
	}

	@PostMapping("/{id}/resume")
	ModelAndView resume(@PathVariable String id) {
		this.dispatcher.resume(known(id));
		return this.pages.goTo("/handlers");
	}

	private String known(String id) {
		if (!this.states.isAlive(id)) {
			throw new UnknownThingException("handler", id);
		}
		return id;
	}

	/**
	 * A handler.
	 *
	 * @param id the bean name
	 * @param takes what it receives
	 * @param types all types that this comprises
	 * @param paused whether it rests
	 * @param running how many of its deliveries run
	 * @param hung how many hang
	 * @param waiting how many wait for their first attempt
	 * @param retrying how many wait for another
	 * @param age how old the oldest of these is, or {@code null}
	 * @param dead how many have been given up
	 * @param score how it did of late, or {@code null}
	 * @param settings how it is run; none if only other replicas have it
	 */
	record HandlerRow(String id, String takes, List<String> types, boolean paused, long running, long hung,
			long waiting, long retrying, @Nullable String age, long dead, @Nullable ScoreRow score,
			List<Setting> settings) {

	}

	/**
	 * A setting of a handler.
	 *
	 * @param name what it is called
	 * @param value what it is
	 */
	record Setting(String name, String value) {

	}

	/**
	 * Deliveries for a handler that does not exist.
	 *
	 * @param id the bean name that it had
	 * @param waiting how many wait for it
	 * @param dead how many were given up
	 */
	record OrphanRow(String id, long waiting, long dead) {

	}

	private static final class Counts {

		private final Map<String, Unfinished> unfinished;

		private final Map<String, Dead> dead;

		private final Map<String, Score> scores;

		private final List<RunningDelivery> running;

		private Counts(Inbox inbox, Collection<RunningDelivery> running) {
			this.unfinished = byId(inbox.backlog().unfinished(), Unfinished::handler);
			this.dead = byId(inbox.backlog().dead(), Dead::handler);
			this.scores = byId(inbox.latest().scores(), Score::handler);
			this.running = List.copyOf(running);
		}

		private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
			return all.stream().collect(Collectors.toMap(id, Function.identity()));
		}

		private Set<String> handlers() {
			Set<String> handlers = new TreeSet<>(this.unfinished.keySet());
			handlers.addAll(this.dead.keySet());
			return handlers;
		}

		private @Nullable Unfinished unfinished(String handler) {
			return this.unfinished.get(handler);
		}

		private long dead(String handler) {
			Dead found = this.dead.get(handler);
			return (found != null) ? found.deliveries() : 0;
		}

		private @Nullable Score score(String handler) {
			return this.scores.get(handler);
		}

		private long running(String handler, boolean hung) {
			return this.running.stream()
				.filter((delivery) -> delivery.handler().equals(handler) && delivery.hung() == hung)
				.count();
		}

		private OrphanRow orphan(String handler) {
			Unfinished left = unfinished(handler);
			return new OrphanRow(handler, (left != null) ? left.waiting() + left.retrying() : 0, dead(handler));
		}

	}

}
