package io.pulsehook.dispatch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.dispatch.attempt.Attempts;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.lane.Lane;
import io.pulsehook.dispatch.lane.LaneContext;
import io.pulsehook.dispatch.lane.LaneView;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.dispatch.lane.Suspects;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;

/**
 * The dispatcher's thread, which alone decides what runs. Other threads tell it by
 * messages what has happened, and it hears them before it claims: otherwise it could
 * claim a delivery again whose outcome it does not know yet.
 */
final class DispatchLoop {

	private static final Log logger = LogFactory.getLog(DispatchLoop.class);

	/** Retries begin and timeouts are noticed this much too late at most. */
	private static final Duration TICK = Duration.ofMillis(50);

	/**
	 * How long a handler that was interrupted at shutdown may take to return, so that its
	 * delivery is given back.
	 */
	private static final Duration INTERRUPTION_GRACE = Duration.ofSeconds(1);

	/**
	 * How long shutdown waits for the loop's thread. It is longer than any statement
	 * waits for its database.
	 */
	private static final Duration END_LIMIT = Duration.ofMinutes(1);

	private final Mailbox mailbox = new Mailbox();

	private final Map<String, Lane> lanes = new LinkedHashMap<>();

	private final Suspects suspects;

	private final GuardedLoop loop;

	private long watchedAt = System.nanoTime();

	/**
	 * Creates the loop, which does nothing until it is started.
	 * @param handlers the handlers to run
	 * @param deliveries where deliveries are claimed and finished
	 * @param attempts call the handlers
	 * @param clock tells which deliveries are due and which attempts are late
	 * @param nanoTime measures how long something takes
	 * @param threads watch the dispatcher's thread
	 */
	DispatchLoop(List<RegisteredHandler> handlers, Deliveries deliveries, Attempts attempts, InstantSource clock,
			LongSupplier nanoTime, CoreThreads threads) {
		this.loop = GuardedLoop.vital("pulsehook-dispatcher", (self) -> turn(), threads);
		this.suspects = new Suspects(nanoTime);
		LaneContext context = new LaneContext(deliveries, attempts, this.suspects, this.mailbox, clock, nanoTime);
		handlers.forEach((handler) -> this.lanes.put(handler.id(), new Lane(handler, context)));
	}

	void start() {
		this.loop.start();
	}

	/**
	 * Tells the loop that deliveries to these handlers may be due.
	 */
	void wake(Collection<String> handlers) {
		this.mailbox.execute(() -> handlers.forEach((handler) -> tell(handler, Lane::wake)));
	}

	/**
	 * Hands over deliveries that were claimed when they were stored, because their
	 * handlers had offered places.
	 */
	void handOver(List<DueDelivery> deliveries) {
		this.mailbox.execute(() -> tellAll((lane) -> lane.receive(deliveries)));
	}

	/**
	 * Takes over the deliveries that handlers of a stopped loop are still working on, so
	 * that they are not begun again meanwhile.
	 */
	void adopt(DispatchLoop former) {
		former.lanes.forEach((handler, lane) -> tell(handler, (successor) -> successor.adopt(lane)));
	}

	/**
	 * Gives back the deliveries that wait for a thread, since they may have been erased.
	 * Those that still exist are claimed again.
	 */
	void giveBackWaiting() {
		this.mailbox.execute(() -> tellAll(Lane::giveBackWaiting));
	}

	/**
	 * Tells the loop the state of a handler before anything more is claimed for it.
	 */
	void setState(String handler, HandlerState state) {
		tell(handler, (lane) -> lane.changeState((former) -> state));
	}

	/**
	 * Pauses or resumes a handler before anything more is claimed for it.
	 */
	void setPaused(String handler, boolean paused) {
		tell(handler, (lane) -> lane.changeState((former) -> former.withPaused(paused)));
	}

	private Duration turn() throws InterruptedException {
		this.mailbox.hear(TICK);
		// Timeouts are checked first, since the polls of the database may take long.
		watch(System.nanoTime());
		tellAll(Lane::work);
		return Duration.ZERO;
	}

	private void watch(long now) {
		if (now - this.watchedAt >= TICK.toNanos()) {
			this.watchedAt = now;
			tellAll(Lane::watch);
			this.suspects.watch();
		}
	}

	private void tell(String handler, Consumer<Lane> message) {
		Lane lane = this.lanes.get(handler);
		if (lane != null) {
			message.accept(lane);
		}
	}

	private void tellAll(Consumer<Lane> message) {
		this.lanes.values().forEach((lane) -> guard(lane, message));
	}

	// An exception in one lane must not keep the other lanes from their work.
	private static void guard(Lane lane, Consumer<Lane> work) {
		try {
			work.accept(lane);
		}
		catch (RuntimeException | Error ex) {
			logger
				.error("The dispatcher failed on handler '" + lane.handler() + "' and goes on. " + StackFrames.of(ex));
		}
	}

	/**
	 * Starts no more deliveries and waits for the handlers that are running.
	 * @param grace how long running handlers may take to end: those that take longer are
	 * interrupted, and their deliveries stay due
	 */
	void stop(Duration grace) {
		this.loop.stop();
		this.mailbox.ring();
		try {
			this.loop.awaitEnd(END_LIMIT);
			this.lanes.values().forEach(Lane::drain);
			awaitDrained(grace).forEach((lane) -> logger.warn("Handler '" + lane.handler()
					+ "' did not end within pulsehook.shutdown-grace and is interrupted; its deliveries run "
					+ "again after the next start."));
			this.lanes.values().forEach(Lane::abandon);
			awaitDrained(INTERRUPTION_GRACE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.lanes.values().forEach(Lane::abandon);
		}
	}

	// Returns the lanes of which something still runs after the time.
	private List<Lane> awaitDrained(Duration time) throws InterruptedException {
		long deadline = System.nanoTime() + time.toNanos();
		List<Lane> running = new ArrayList<>();
		for (Lane lane : this.lanes.values()) {
			if (!lane.awaitDrained(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
				running.add(lane);
			}
		}
		return running;
	}

	/**
	 * Tells, after the loop was stopped, whether all handlers have returned.
	 */
	boolean isIdle() {
		return this.lanes.values().stream().map(Lane::view).allMatch(LaneView::isIdle);
	}

	/**
	 * Counts the deliveries that run one at a time and were due at the last poll.
	 */
	int interrupted() {
		return this.lanes.values().stream().map(Lane::view).mapToInt(LaneView::interrupted).sum();
	}

	/**
	 * Returns the state of each handler by its id.
	 */
	Map<String, HandlerState> states() {
		return this.lanes.values().stream().collect(Collectors.toMap(Lane::handler, (lane) -> lane.view().state()));
	}

	/**
	 * Counts the deliveries that are claimed and not finished.
	 */
	int claimed() {
		return this.lanes.values().stream().map(Lane::view).mapToInt(LaneView::claimed).sum();
	}

	/**
	 * Lists the deliveries that handlers are working on.
	 */
	List<RunningDelivery> running() {
		return this.lanes.values().stream().map(Lane::view).flatMap(LaneView::running).toList();
	}

}
