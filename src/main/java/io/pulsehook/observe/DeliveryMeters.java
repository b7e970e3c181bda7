package io.pulsehook.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.attempt.AttemptListener;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.figures.FigureQueries;
import io.pulsehook.inbox.figures.Figures;
import io.pulsehook.inbox.figures.Figures.HandlerFigures;
import io.pulsehook.inbox.model.Subscription;

/**
 * The metrics of the handlers and their deliveries. All of them are registered at the
 * start, so that a graph shows zero rather than nothing.
 */
public final class DeliveryMeters implements AttemptListener {

	private static final double MILLIS_PER_SECOND = 1000;

	private static final Duration[] BUCKETS = LongStream
		.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private final MeterRegistry registry;

	private final FigureQueries figures;

	private final Subscribers subscribers;

	private final Dispatcher dispatcher;

	private final InstantSource clock;

	private final Map<String, Map<Result, Timer>> attempts = new HashMap<>();

	/**
	 * Registers the meters and begins to listen.
	 * @param registry where they are registered
	 * @param handlers the ids of the handlers
	 * @param figures know what waits
	 * @param subscribers knows the handlers of all processes
	 * @param dispatcher knows what runs
	 * @param clock tells how long something has been due
	 */
	public DeliveryMeters(MeterRegistry registry, List<String> handlers, FigureQueries figures, Subscribers subscribers,
			Dispatcher dispatcher, InstantSource clock) {
		this.registry = registry;
		this.figures = figures;
		this.subscribers = subscribers;
		this.dispatcher = dispatcher;
		this.clock = clock;
		handlers.forEach(this::register);
		gauge("pulsehook.orphaned", "Unfinished deliveries for handlers that do not exist", this::orphaned);
		dispatcher.listen(this);
	}

	private void register(String handler) {
		Map<Result, Timer> timers = new EnumMap<>(Result.class);
		for (Result result : Result.values()) {
			timers.put(result, timer(handler, result));
		}
		this.attempts.put(handler, timers);
		gauge("pulsehook.backlog", "Deliveries that are neither done nor dead", handler,
				(figures) -> count(figures.unfinished()));
		gauge("pulsehook.dead", "Deliveries that are dead letters", handler, (figures) -> count(figures.dead()));
		gauge("pulsehook.paused", "1 while the handler is paused, else 0", handler,
				(figures) -> figures.state().paused() ? 1 : 0);
		gauge("pulsehook.resting", "1 while the handler rests, else 0", handler,
				(figures) -> figures.state().isResting() ? 1 : 0);
		Gauge.builder("pulsehook.backlog.age", () -> figure(handler, this::age))
			.description("Time that the longest waiting delivery has been due")
			.tag("handler", handler)
			.baseUnit("seconds")
			.register(this.registry);
		gauge("pulsehook.running", "Deliveries that the handler is called for just now", handler,
				() -> running(handler, false));
		gauge("pulsehook.hung", "Deliveries past their timeout whose handler does not react", handler,
				() -> running(handler, true));
	}

	private Timer timer(String handler, Result result) {
		return Timer.builder("pulsehook.deliveries")
			.description("Attempts of deliveries by what became of them, and the time the handler took")
			.tag("handler", handler)
			.tag("outcome", result.name().toLowerCase(Locale.ROOT))
			.serviceLevelObjectives(BUCKETS)
			.register(this.registry);
	}

	private void gauge(String name, String description, Supplier<Number> value) {
		Gauge.builder(name, value).description(description).register(this.registry);
	}

	private void gauge(String name, String description, String handler, Supplier<Number> value) {
		Gauge.builder(name, value).description(description).tag("handler", handler).register(this.registry);
	}

	private void gauge(String name, String description, String handler, ToDoubleFunction<HandlerFigures> value) {
		gauge(name, description, handler, () -> figure(handler, value));
	}

	private double figure(String handler, ToDoubleFunction<HandlerFigures> value) {
		Figures figures = this.figures.get();
		return (figures != null) ? value.applyAsDouble(figures.of(handler)) : Double.NaN;
	}

	private static double count(@Nullable Long known) {
		return (known != null) ? known : Double.NaN;
	}

	private double age(HandlerFigures figures) {
		Instant oldest = figures.oldestDue();
		return (oldest != null)
				? Math.max(0, Duration.between(oldest, this.clock.instant()).toMillis() / MILLIS_PER_SECOND) : 0;
	}

	private double orphaned() {
		Set<String> known = this.subscribers.all().stream().map(Subscription::handler).collect(Collectors.toSet());
		Figures figures = this.figures.get();
		return (figures != null) ? figures.handlers()
			.entrySet()
			.stream()
			.filter((entry) -> !known.contains(entry.getKey()))
			.mapToDouble((entry) -> count(entry.getValue().unfinished()))
			.sum() : Double.NaN;
	}

	private long running(String handler, boolean hung) {
		return this.dispatcher.running()
			.stream()
			.filter((running) -> running.handler().equals(handler) && (running.hung() || !hung))
			.count();
	}

	@Override
	public void ended(Attempt attempt) {
		Map<Result, Timer> timers = this.attempts.get(attempt.handler());
		Timer timer = (timers != null) ? timers.get(attempt.result()) : null;
		if (timer != null) {
			timer.record(attempt.took());
		}
	}

}
