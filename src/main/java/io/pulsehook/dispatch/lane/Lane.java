package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import io.pulsehook.dispatch.attempt.CallResult;
import io.pulsehook.dispatch.attempt.Outcomes;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.rest.Health;
import io.pulsehook.dispatch.rest.Rests;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;

/**
 * Runs the deliveries of one handler. Each handler has a lane of its own, so that a slow
 * or failing handler does not affect the others. Only the dispatcher's thread may call a
 * method, unless the method says otherwise.
 */
public final class Lane {

	private final RegisteredHandler handler;

	private final LaneContext context;

	private final Deliveries deliveries;

	private final InFlight inFlight = new InFlight();

	private final HandlerThreads threads;

	private final AdaptivePrefetch prefetch;

	private final Capacity capacity;

	private final Suspects.Turn turn;

	private final Launcher launcher;

	private final Poller poller;

	private final Completion completion;

	private final Supervisor supervisor;

	private final StallGuard stallGuard;

	private final Refill refill;

	private volatile PollResult polled = PollResult.NONE;

	private final Rests rests;

	private final LaneView view;

	private HandlerState state = HandlerState.RUNNING;

	/**
	 * Creates a lane, which does nothing until it is told to work.
	 * @param handler the handler to run
	 * @param context the collaborators that all lanes share
	 */
	public Lane(RegisteredHandler handler, LaneContext context) {
		this.handler = handler;
		this.context = context;
		this.deliveries = context.deliveries();
		int concurrency = handler.settings().concurrency();
		this.threads = new HandlerThreads(handler.id(), concurrency);
		this.prefetch = new AdaptivePrefetch(concurrency);
		this.capacity = new Capacity(concurrency, this.prefetch, this.inFlight, handler.settings().rate() == null);
		this.turn = new Suspects.Turn(context.suspects(), this::wake);
		this.rests = new Rests(handler.id(), this.deliveries, () -> context.dispatcher().execute(this::adapt),
				() -> context.dispatcher().execute(this::wake));
		this.view = new LaneView(this.inFlight, this.rests, () -> this.polled.suspects());
		Health health = new Health(this.rests, handler.settings().breaker());
		RunFactory runs = new RunFactory(handler, context, this.rests, this.prefetch, this::returned);
		this.launcher = new Launcher(runs::create, this.inFlight, this.threads, this.turn, context.dispatcher(),
				this::landed);
		Throttle throttle = new Throttle(handler.settings().rate(), context, this.inFlight);
		this.poller = new Poller(handler, this.deliveries, this.capacity, throttle, this.turn,
				new Prober(handler, health, this.inFlight, this.capacity, this.turn, this.deliveries, throttle),
				this::start);
		this.completion = new Completion(handler.id(),
				new Outcomes(handler, this.rests, health, context.attempts(), context.clock(), context.nanoTime()),
				this.rests, this.deliveries, context.attempts(), () -> context.dispatcher().execute(this::wake));
		this.supervisor = new Supervisor(handler, this.inFlight, this.deliveries::isHeld, context.clock(),
				context.nanoTime());
		this.stallGuard = new StallGuard(this.threads, this.prefetch, context.nanoTime());
		this.refill = new Refill(this.threads, this.capacity, context.dispatcher());
	}

	/**
	 * Names the handler of this lane.
	 * @return the handler's id
	 */
	public String handler() {
		return this.handler.id();
	}

	/**
	 * Shows what the lane is doing. Any thread may call this.
	 * @return the view
	 */
	public LaneView view() {
		return this.view;
	}

	/** Tells the lane that deliveries may be due. */
	public void wake() {
		this.polled = this.polled.outdated();
	}

	/**
	 * Changes the state of the handler. While it is paused or rests, no attempt begins
	 * but a probe, and deliveries that wait for a thread are given back. Any thread may
	 * call this.
	 * @param change gives the next state from the one so far
	 */
	public void changeState(UnaryOperator<HandlerState> change) {
		this.rests.tell(change);
	}

	private void adapt() {
		HandlerState next = this.rests.state();
		if (next.equals(this.state)) {
			return;
		}
		if (!next.mayRun() && (this.state.mayRun() || next.paused())) {
			giveBackWaiting();
			this.turn.leave();
		}
		this.state = next;
		this.polled = this.polled.retryAt(Instant.MIN);
	}

	/**
	 * Gives back the deliveries that wait for a thread, since they may have been erased.
	 * Those that still exist are claimed again.
	 */
	public void giveBackWaiting() {
		this.deliveries.refuseWhatComes(this.handler.id());
		this.completion.giveBack(this.threads.removeWaiting());
	}

	/**
	 * Starts those deliveries that were handed over to this handler when they were
	 * stored.
	 * @param handedOver deliveries to this handler and others
	 */
	public void receive(List<DueDelivery> handedOver) {
		// These deliveries fill the places that were offered. The offer is withdrawn, or
		// the places would be filled twice.
		this.deliveries.offer(this.handler.id(), 0);
		List<DueDelivery> received = this.deliveries.receive(this.handler.id(), handedOver);
		if (this.rests.state().mayRun()) {
			start(received);
		}
		else {
			this.deliveries.giveBack(received);
		}
	}

	/**
	 * Interrupts attempts that take too long or whose delivery another process may have
	 * taken over, and gives back deliveries that wait behind a stalled handler.
	 */
	public void watch() {
		this.supervisor.watch();
		List<Run> stalled = this.stallGuard.removeStalled();
		if (!stalled.isEmpty()) {
			this.completion.giveBack(stalled);
		}
	}

	/**
	 * Starts the deliveries that may run, and offers places for those that are stored
	 * next.
	 */
	public void work() {
		Instant now = this.context.clock().instant();
		if (!this.state.paused() && this.polled.isDue(now)) {
			this.polled = this.poller.poll(now, this.polled);
		}
		boolean offers = this.state.mayRun() && this.handler.bursts() == null && this.polled.isCaughtUp(now);
		this.deliveries.offer(this.handler.id(), offers ? this.capacity.credits() : 0);
	}

	private void start(List<DueDelivery> taken) {
		this.launcher.start(taken, this.deliveries::giveBack);
	}

	// On the handler's thread.
	private void returned(Run run, Instant startedAt, CallResult result) {
		this.completion.complete(run, startedAt, result);
		if (this.polled.mayHaveMore()) {
			this.refill.callIfLow();
		}
	}

	// Is told that a run is over. A delivery that is done needs no poll, since the commit
	// announces the one that waited behind it.
	private void landed() {
		if (this.polled.replaysWait() || !this.state.mayRun()) {
			wake();
		}
	}

	/**
	 * Takes over the deliveries that the threads of a former lane of the same handler are
	 * still working on.
	 * @param former the lane that was stopped
	 */
	public void adopt(Lane former) {
		this.rests.beginProbe(former.rests.probe());
		this.launcher.adopt(former.inFlight, this::wake);
	}

	/**
	 * Lets running handlers end, and gives back deliveries that wait for a thread. The
	 * thread that stops the dispatcher calls this.
	 */
	public void drain() {
		this.deliveries.offer(this.handler.id(), 0);
		giveBackWaiting();
		this.threads.shutdown();
	}

	/**
	 * Waits for the handlers that {@link #drain()} has left running.
	 * @param time how long to wait at most
	 * @return {@code false} if the time was not enough
	 * @throws InterruptedException if the caller is interrupted
	 */
	public boolean awaitDrained(Duration time) throws InterruptedException {
		return this.threads.awaitEnd(time);
	}

	/** Interrupts the handlers that still run. Their deliveries stay due. */
	public void abandon() {
		this.completion.abandon();
		this.threads.shutdownNow();
	}

}
