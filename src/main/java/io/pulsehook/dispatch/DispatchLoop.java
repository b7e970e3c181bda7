package io.pulsehook.dispatch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.failure.Frames;
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

	/** How exactly retries and timeouts are kept. */
	private static final long TICK_MILLIS = 50;

	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);

	/** What reacts to an interruption by then gives back what it was doing. */
	private static final Duration INTERRUPTION_GRACE = Duration.ofSeconds(1);

	/** Longer than a database is waited for. */
	private static final Duration END_LIMIT = Duration.ofMinutes(1);

	private final BlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();

	private final Map<String, Lane> lanes = new LinkedHashMap<>();

	private final Suspects suspects = new Suspects(System::nanoTime);

	private final Deque<Runnable> received = new ArrayDeque<>();

	private final GuardedLoop loop;

	private long watchedAt = System.nanoTime();

	DispatchLoop(List<RegisteredHandler> handlers, Deliveries deliveries, Attempts attempts, InstantSource clock,
			CoreThreads threads) {
		this.loop = GuardedLoop.vital("pulsehook-dispatcher", (self) -> take(), threads);
		for (RegisteredHandler handler : handlers) {
			this.lanes.put(handler.id(),
					new Lane(handler, deliveries, attempts, clock, this.messages::add, this.suspects));
		}
	}

	void start() {
		this.loop.start();
	}

	// Says that these handlers may have something to do.
	void wake(Collection<String> handlers) {
		this.messages.add(() -> handlers.forEach(this::wake));
	}

	private void wake(String handler) {
		Lane lane = this.lanes.get(handler);
		if (lane != null) {
			lane.wake();
		}
	}

	// Brings what was stored for places that handlers had offered.
	void handOver(List<DueDelivery> deliveries) {
		this.messages.add(() -> this.lanes.values().forEach((lane) -> guard(lane, (one) -> one.receive(deliveries))));
	}

	// What the threads of a stopped loop are still doing is not begun again beside them.
	void adopt(DispatchLoop former) {
		former.lanes.forEach((handler, lane) -> {
			Lane successor = this.lanes.get(handler);
			if (successor != null) {
				successor.adopt(lane);
			}
		});
	}

	// What waits for a thread is claimed anew, if it still exists.
	void giveBackWaiting() {
		this.messages.add(() -> this.lanes.values().forEach(Lane::giveBackWaiting));
	}

	// Takes effect before anything more is claimed.
	void setPaused(String handler, boolean paused) {
		this.messages.add(() -> {
			Lane lane = this.lanes.get(handler);
			if (lane != null) {
				lane.setPaused(paused);
			}
		});
	}

	private Duration take() throws InterruptedException {
		receive();
		hear();
		// First, since a look at the database may take its time.
		watch(System.nanoTime());
		this.lanes.values().forEach((lane) -> guard(lane, Lane::work));
		return Duration.ZERO;
	}

	// Each is taken away first: it is not heard twice, even if it cannot be told that it
	// failed.
	private void hear() {
		for (Runnable message = this.received.poll(); message != null; message = this.received.poll()) {
			guard(message);
		}
	}

	// Whatever goes wrong with one message, the others are heard.
	private static void guard(Runnable message) {
		try {
			message.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("The dispatcher failed on a message and goes on. " + Frames.of(ex));
		}
	}

	private void watch(long now) {
		if (now - this.watchedAt >= TICK_NANOS) {
			this.watchedAt = now;
			this.lanes.values().forEach((lane) -> guard(lane, Lane::watch));
			this.suspects.watch();
		}
	}

	// Whatever goes wrong in one lane, the others go on.
	private static void guard(Lane lane, Consumer<Lane> work) {
		try {
			work.accept(lane);
		}
		catch (RuntimeException | Error ex) {
			logger
				.error("The dispatcher failed on handler '" + lane.handler().id() + "' and goes on. " + Frames.of(ex));
		}
	}

	private void receive() throws InterruptedException {
		Runnable first = this.messages.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
		if (first != null) {
			this.received.add(first);
			this.messages.drainTo(this.received);
		}
	}

	// Starts nothing more and waits for what runs; what has not ended after the grace is
	// interrupted and stays due.
	void stop(Duration grace) {
		this.loop.stop();
		this.messages.add(() -> {
		});
		try {
			this.loop.awaitEnd(END_LIMIT);
			this.lanes.values().forEach(Lane::drain);
			awaitDrained(grace).forEach((lane) -> logger.warn("Handler '" + lane.handler().id()
					+ "' did not end in time and is interrupted; what it was doing runs again after the start."));
			this.lanes.values().forEach(Lane::abandon);
			awaitDrained(INTERRUPTION_GRACE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.lanes.values().forEach(Lane::abandon);
		}
	}

	// Returns the lanes of which something still runs after that.
	private List<Lane> awaitDrained(Duration grace) throws InterruptedException {
		long deadline = System.nanoTime() + grace.toNanos();
		List<Lane> running = new ArrayList<>();
		for (Lane lane : this.lanes.values()) {
			if (!lane.awaitDrained(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
				running.add(lane);
			}
		}
		return running;
	}

	// Whether nothing runs any more, once it was stopped.
	boolean isIdle() {
		return this.lanes.values().stream().flatMap((lane) -> lane.running().stream()).noneMatch(Run::isRunning);
	}

	// How many deliveries are due that run one at a time.
	int interrupted() {
		return this.lanes.values().stream().mapToInt(Lane::interrupted).sum();
	}

	int claimed() {
		return this.lanes.values().stream().mapToInt((lane) -> lane.running().size()).sum();
	}

	List<RunningDelivery> running() {
		return this.lanes.values()
			.stream()
			.flatMap((lane) -> lane.running().stream())
			.flatMap((run) -> run.state().stream())
			.toList();
	}

}
