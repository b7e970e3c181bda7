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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.lane.Attempts;
import io.pulsehook.dispatch.lane.Lane;
import io.pulsehook.dispatch.lane.LaneContext;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.dispatch.lane.Suspects;
import io.pulsehook.failure.StackFrames;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.threads.CoreThreads;
import io.pulsehook.threads.GuardedLoop;

/**
 * The dispatcher's thread. It alone decides what runs: what others have to tell it comes
 * as messages, so that a claim never sees a delivery whose outcome it has not seen.
 */
final class DispatchLoop {

	private static final Log logger = LogFactory.getLog(DispatchLoop.class);

	/** Retries begin and timeouts end this much too late at most. */
	private static final Duration TICK = Duration.ofMillis(50);

	/** Whatever reacts to its interruption within that time gives its delivery back. */
	private static final Duration INTERRUPTION_GRACE = Duration.ofSeconds(1);

	/** No statement waits for its database as long as that. */
	private static final Duration END_LIMIT = Duration.ofMinutes(1);

	private final Mailbox mailbox = new Mailbox();

	private final Map<String, Lane> lanes = new LinkedHashMap<>();

	private final Suspects suspects;

	private final GuardedLoop loop;

	private long watchedAt = System.nanoTime();

	/**
	 * Creates the loop, which does nothing until it is started.
	 * @param handlers whom to run
	 * @param deliveries what there is to run
	 * @param attempts calls the handlers
	 * @param clock tells what is due and what is late
	 * @param nanoTime measures how long something takes
	 * @param threads where the dispatcher's thread is watched
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
	 * Says that these handlers may have something to do.
	 */
	void wake(Collection<String> handlers) {
		this.mailbox.execute(() -> handlers.forEach((handler) -> tell(handler, Lane::wake)));
	}

	/**
	 * Brings what was stored for places that handlers had offered.
	 */
	void handOver(List<DueDelivery> deliveries) {
		this.mailbox.execute(() -> tellAll((lane) -> lane.receive(deliveries)));
	}

	/**
	 * Takes over what the threads of a stopped loop are still doing, so that it is not
	 * begun again beside them.
	 */
	void adopt(DispatchLoop former) {
		former.lanes.forEach((handler, lane) -> tell(handler, (successor) -> successor.adopt(lane)));
	}

	/**
	 * Gives back what waits for a thread: it is taken again if it still exists.
	 */
	void giveBackWaiting() {
		this.mailbox.execute(() -> tellAll(Lane::giveBackWaiting));
	}

	/**
	 * Pauses a handler or lets it go on, before anything more is taken for it.
	 */
	void setPaused(String handler, boolean paused) {
		this.mailbox.execute(() -> tell(handler, (lane) -> lane.setPaused(paused)));
	}

	private Duration turn() throws InterruptedException {
		this.mailbox.hear(TICK);
		// Watching comes before working, since a poll of the database may take its time.
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

	// Whatever goes wrong in one lane, the others go on.
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
	 * Starts nothing more and waits for what runs.
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
					+ "' did not end in time and is interrupted; what it was doing runs again after the start."));
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
	 * Whether no handler is at work any more, once the loop was stopped.
	 */
	boolean isIdle() {
		return this.lanes.values().stream().allMatch(Lane::isIdle);
	}

	/**
	 * How many deliveries were due at the last poll that run one at a time.
	 */
	int interrupted() {
		return this.lanes.values().stream().mapToInt(Lane::interrupted).sum();
	}

	/**
	 * How many deliveries are at hand.
	 */
	int claimed() {
		return this.lanes.values().stream().mapToInt(Lane::claimed).sum();
	}

	/**
	 * What the handlers are doing just now.
	 */
	List<RunningDelivery> running() {
		return this.lanes.values().stream().flatMap(Lane::running).toList();
	}

}
