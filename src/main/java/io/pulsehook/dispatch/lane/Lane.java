package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.DueDelivery;

/**
 * One handler's own way through the dispatcher, so that whatever happens to one handler
 * happens to it alone. All methods belong to the dispatcher's thread, except for those
 * that say otherwise.
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

	private final AtomicBoolean dispatcherCalled = new AtomicBoolean();

	private volatile PollResult polled = PollResult.NONE;

	private boolean paused;

	/**
	 * Creates a lane, whose handler begins once the lane is told to work.
	 * @param handler whom to run
	 * @param context what all lanes share
	 */
	public Lane(RegisteredHandler handler, LaneContext context) {
		this.handler = handler;
		this.context = context;
		this.deliveries = context.deliveries();
		int concurrency = handler.settings().concurrency();
		this.threads = new HandlerThreads(handler.id(), concurrency);
		this.prefetch = new AdaptivePrefetch(concurrency);
		this.capacity = new Capacity(concurrency, this.prefetch, this.inFlight);
		this.turn = new Suspects.Turn(context.suspects(), this::wake);
		RunFactory runs = new RunFactory(handler, context, this.prefetch, this::returned);
		this.launcher = new Launcher(runs::create, this.inFlight, this.threads, this.turn, context.dispatcher(),
				this::landed);
		this.poller = new Poller(handler.id(), this.deliveries, this.capacity, this.inFlight, this.turn, this::start);
		this.completion = new Completion(handler.id(),
				new Outcomes(handler, context.attempts()::eventAddress, context.clock(), context.nanoTime()),
				this.deliveries, context.attempts(), () -> context.dispatcher().execute(this::wake));
		this.supervisor = new Supervisor(handler, this.inFlight, this.deliveries::isHeld, context.clock(),
				context.nanoTime());
		this.stallGuard = new StallGuard(this.threads, this.prefetch, context.nanoTime());
	}

	/**
	 * Whose lane it is.
	 * @return the handler's id
	 */
	public String handler() {
		return this.handler.id();
	}

	/**
	 * How many deliveries are at hand. For any thread.
	 * @return their number
	 */
	public int claimed() {
		return this.inFlight.runs().size();
	}

	/**
	 * What the handler is doing. For any thread.
	 * @return a snapshot
	 */
	public Stream<RunningDelivery> running() {
		return this.inFlight.runs().stream().flatMap((run) -> run.state().stream());
	}

	/**
	 * Whether no thread of the handler is at work. For any thread.
	 * @return {@code true} if so
	 */
	public boolean isIdle() {
		return this.inFlight.runs().stream().noneMatch(Run::isRunning);
	}

	/**
	 * How many deliveries were due at the last poll that run one at a time. For any
	 * thread.
	 * @return their number
	 */
	public int interrupted() {
		return this.polled.suspects();
	}

	/**
	 * Says that something may be due.
	 */
	public void wake() {
		this.polled = this.polled.outdated();
	}

	/**
	 * Pauses the handler or lets it go on. While it is paused, nothing begins and what
	 * waits for a thread is given back.
	 * @param paused whether to pause it
	 */
	public void setPaused(boolean paused) {
		this.paused = paused;
		if (paused) {
			giveBackWaiting();
			this.turn.leave();
		}
		this.polled = this.polled.retryAt(Instant.MIN);
	}

	/**
	 * Gives back what waits for a thread: it is taken again if it still exists.
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
		// They take the places that were offered, which must not be offered once more.
		this.deliveries.offer(this.handler.id(), 0);
		start(this.deliveries.receive(this.handler.id(), handedOver));
	}

	/**
	 * Interrupts what takes too long or is not this process's to run any more, and gives
	 * back what waits behind a handler that stands still.
	 */
	public void watch() {
		this.supervisor.watch();
		List<Run> stalled = this.stallGuard.removeStalled();
		if (!stalled.isEmpty()) {
			this.completion.giveBack(stalled);
		}
	}

	/**
	 * Starts what may start, and offers places for what is stored next.
	 */
	public void work() {
		Instant now = this.context.clock().instant();
		if (!this.paused && this.polled.isDue(now)) {
			this.polled = this.poller.poll(now, this.polled);
		}
		boolean offers = !this.paused && this.polled.isCaughtUp(now);
		this.deliveries.offer(this.handler.id(), offers ? this.capacity.credits() : 0);
	}

	private void start(List<DueDelivery> taken) {
		this.launcher.start(taken, this.deliveries::giveBack);
	}

	// On the handler's thread.
	private void returned(Run run, Instant startedAt, @Nullable Throwable thrown) {
		this.completion.complete(run, startedAt, thrown);
		callForMore();
	}

	// The next poll takes place while the threads still have something to do, and not
	// when all outcomes are on disk.
	private void callForMore() {
		if (this.polled.mayHaveMore() && this.capacity.isRunningLow(this.threads.waiting())
				&& this.dispatcherCalled.compareAndSet(false, true)) {
			this.context.dispatcher().execute(() -> this.dispatcherCalled.set(false));
		}
	}

	// A delivery that is done needs no poll: what waited behind it announces itself.
	private void landed() {
		if (this.polled.replaysWait()) {
			wake();
		}
	}

	/**
	 * Takes over what the threads of a former lane of the same handler are still doing.
	 * @param former the lane that was stopped
	 */
	public void adopt(Lane former) {
		this.launcher.adopt(former.inFlight, this::wake);
	}

	/**
	 * Lets running handlers end, and gives back what waits for a thread. For the thread
	 * that stops the dispatcher.
	 */
	public void drain() {
		this.deliveries.offer(this.handler.id(), 0);
		giveBackWaiting();
		this.threads.shutdown();
	}

	/**
	 * Waits for the handlers to return that {@link #drain()} has left running.
	 * @param time how long to wait at most
	 * @return {@code false} if the time was not enough
	 * @throws InterruptedException if the caller is interrupted
	 */
	public boolean awaitDrained(Duration time) throws InterruptedException {
		return this.threads.awaitEnd(time);
	}

	/**
	 * Interrupts what still runs, whose deliveries stay due.
	 */
	public void abandon() {
		this.completion.abandon();
		this.threads.shutdownNow();
	}

}
