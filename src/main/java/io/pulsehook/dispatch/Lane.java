package io.pulsehook.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.pulsehook.failure.Frames;
import io.pulsehook.failure.Reason;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.Deliveries.Traffic;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Outcome;
import io.pulsehook.inbox.model.Outlook;

/**
 * One handler's own way through the dispatcher: its threads, what runs on them, and when
 * there is more to do. Whatever happens here happens to this handler alone. All methods
 * but {@link #running()} and {@link #interrupted()} belong to the dispatcher's thread.
 */
final class Lane {

	private static final Log logger = LogFactory.getLog(Lane.class);

	/** Deliveries at hand, of which many can wait for the commit of their outcomes. */
	private static final int MAX_IN_FLIGHT = 1_000;

	/** With so much at hand, only what threads wait for is fetched. */
	private static final long MAX_BYTES = 16 * 1024 * 1024;

	/** Longer than a process is held up by anything but the handler. */
	private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** After that, it is looked for what a signal may have been lost of. */
	private static final Duration LONGEST_REST = Duration.ofMinutes(1);

	private static final Duration PAUSE_AFTER_FAILED_LOOK = Duration.ofSeconds(1);

	private final RegisteredHandler handler;

	private final Outcomes outcomes;

	private final Deliveries deliveries;

	private final Attempts attempts;

	private final InstantSource clock;

	private final Executor dispatcher;

	private final ThreadPoolExecutor threads;

	private final Suspects suspects;

	/** Stands for this lane among those that have suspects. */
	private final Runnable wake = this::wake;

	private final Map<Long, Run> inFlight = new ConcurrentHashMap<>();

	/** How many of them have handlers that have not returned. */
	private final AtomicInteger unended = new AtomicInteger();

	private final Pace pace;

	/**
	 * Whether the dispatcher has been woken since threads will soon have nothing to do.
	 */
	private final AtomicBoolean called = new AtomicBoolean();

	private long bytes;

	/** Whether more was due than there was room for. */
	private volatile boolean more;

	/** Since when much waits for a thread and no attempt ends. */
	private long stillSince = System.nanoTime();

	/** When to look for due deliveries again. */
	private Instant nextLook = Instant.MIN;

	/** Whether nothing is due that has not been taken. */
	private boolean caughtUp;

	/** How many suspects were due at the last look. */
	private volatile int interrupted;

	/** Whether one has its turn and needs a thread, for which all others make way. */
	private boolean suspectWaits;

	/** Whether there are replays, which wait until a thread is free. */
	private boolean replaysWait;

	private boolean paused;

	private boolean lookFails;

	private volatile boolean abandoned;

	Lane(RegisteredHandler handler, Deliveries deliveries, Attempts attempts, InstantSource clock, Executor dispatcher,
			Suspects suspects) {
		this.suspects = suspects;
		this.handler = handler;
		this.outcomes = new Outcomes(handler, attempts::eventAddress, clock);
		this.deliveries = deliveries;
		this.attempts = attempts;
		this.clock = clock;
		this.dispatcher = dispatcher;
		this.threads = threads(handler);
		this.pace = new Pace(handler.settings().concurrency());
	}

	// Platform threads: a spinning virtual thread would keep its carrier from everyone.
	private static ThreadPoolExecutor threads(RegisteredHandler handler) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("pulsehook-" + handler.id() + "-");
		factory.setDaemon(true);
		int concurrency = handler.settings().concurrency();
		ThreadPoolExecutor threads = new ThreadPoolExecutor(concurrency, concurrency, 30, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), factory);
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	RegisteredHandler handler() {
		return this.handler;
	}

	// What runs or is about to.
	Collection<Run> running() {
		return this.inFlight.values();
	}

	// How many deliveries are due that run one at a time.
	int interrupted() {
		return this.interrupted;
	}

	// Says that something may be due.
	void wake() {
		this.nextLook = Instant.MIN;
		this.caughtUp = false;
	}

	// While paused, what waits for a thread is given back.
	void setPaused(boolean paused) {
		this.paused = paused;
		if (paused) {
			giveBackWaiting();
			this.suspectWaits = false;
			this.suspects.leave(this.wake);
		}
		wake();
	}

	void giveBackWaiting() {
		this.deliveries.refuseWhatComes(this.handler.id());
		List<Runnable> waiting = new ArrayList<>();
		this.threads.getQueue().drainTo(waiting);
		giveBack(waiting.stream().map(Run.class::cast).toList());
	}

	// Only when others may have them: until then they must not be taken for ones that
	// failed.
	private void giveBack(List<Run> runs) {
		this.deliveries.giveBack(runs.stream().map(Run::delivery).toList()).whenComplete((done, ex) -> {
			runs.forEach((run) -> run.over().complete(null));
			this.dispatcher.execute(this::wake);
		});
	}

	// Starts what was handed over to this handler when it was stored.
	void receive(List<DueDelivery> handedOver) {
		// Its places are taken before they could be offered once more.
		this.deliveries.offer(this.handler.id(), 0);
		startAll(this.deliveries.receive(this.handler.id(), handedOver));
	}

	// Interrupts what takes too long, or is not this process's to run any more.
	void watch() {
		revokeLost();
		interruptLate(this.clock.instant());
		tellOfHung();
		letGoWhatWaits();
	}

	// A handler that was fast may stand still now, with much at hand that others could
	// do.
	private void letGoWhatWaits() {
		BlockingQueue<Runnable> queue = this.threads.getQueue();
		if (this.pace.moved() || queue.size() <= Pace.FEWEST) {
			this.stillSince = System.nanoTime();
		}
		else if (System.nanoTime() - this.stillSince > STILL_NANOS) {
			this.pace.forget();
			giveBack(queue.stream().skip(Pace.FEWEST).filter(queue::remove).map(Run.class::cast).toList());
		}
	}

	// Starts what may start.
	void work() {
		Instant now = this.clock.instant();
		if (!this.paused && !this.nextLook.isAfter(now)) {
			this.caughtUp = false;
			int room = room();
			if (room > 0) {
				look(now, room);
			}
		}
		boolean hasPlaces = this.caughtUp && !this.paused && this.bytes < MAX_BYTES;
		this.deliveries.offer(this.handler.id(), hasPlaces ? places() : 0);
	}

	// Of a slow handler, only what its threads can begin.
	private int places() {
		int ahead = this.pace.ahead();
		int places = this.handler.settings().concurrency() + ((ahead > Pace.FEWEST) ? ahead : 0);
		return Math.min(places - this.unended.get(), MAX_IN_FLIGHT - this.inFlight.size());
	}

	// None while much is at hand: few large claims cost less than many small ones.
	private int room() {
		int ahead = this.pace.ahead();
		int concurrency = this.handler.settings().concurrency();
		int unended = this.unended.get();
		int room = concurrency + ahead - unended;
		boolean closed = this.bytes >= MAX_BYTES || this.suspectWaits;
		if (room <= ahead / 2 || (closed && unended >= concurrency)) {
			return 0;
		}
		return Math.min(room, MAX_IN_FLIGHT + concurrency - this.inFlight.size());
	}

	private void look(Instant now, int room) {
		try {
			Outlook outlook = this.deliveries.outlook(this.handler.id(), now);
			this.interrupted = outlook.interrupted();
			startSuspect(now);
			if (this.suspectWaits) {
				this.more = true;
			}
			else {
				startOthers(outlook, now, room);
			}
			this.lookFails = false;
		}
		catch (InboxUnavailableException ex) {
			// Has been told of, and would keep other handlers waiting as well.
			this.nextLook = now.plus(PAUSE_AFTER_FAILED_LOOK);
		}
		catch (DataAccessException | OutOfMemoryError ex) {
			this.nextLook = now.plus(PAUSE_AFTER_FAILED_LOOK);
			if (!this.lookFails) {
				logger.warn("The deliveries of handler '" + this.handler.id()
						+ "' cannot be begun; this is tried again every second. " + Reason.of(ex));
			}
			this.lookFails = true;
		}
	}

	private void startOthers(Outlook outlook, Instant now, int room) {
		this.more = outlook.live() && start(Traffic.LIVE, now, room);
		this.replaysWait = outlook.replayed();
		// What is replayed takes free slots only, and never a place in the queue.
		int free = freeThreads();
		if (outlook.replayed() && !this.more && free > 0) {
			start(Traffic.REPLAY, now, free);
		}
		this.nextLook = this.more ? Instant.MIN : earlier(outlook.next(), now.plus(LONGEST_REST));
		this.caughtUp = !this.more;
	}

	private int freeThreads() {
		return this.handler.settings().concurrency() - this.unended.get();
	}

	private static Instant earlier(@Nullable Instant one, Instant other) {
		return (one != null && one.isBefore(other)) ? one : other;
	}

	// Only what begins at once: none is counted that merely waits for a thread. Behind a
	// backlog no thread is ever free by itself.
	private void startSuspect(Instant now) {
		this.suspectWaits = false;
		if (this.interrupted == 0) {
			this.suspects.leave(this.wake);
		}
		else if (this.suspects.mayRun(this.wake)) {
			this.suspectWaits = freeThreads() <= 0;
			if (!this.suspectWaits && !startSuspect(Traffic.LIVE, now) && !startSuspect(Traffic.REPLAY, now)) {
				this.suspects.leave(this.wake);
			}
		}
	}

	private boolean startSuspect(Traffic traffic, Instant now) {
		List<DueDelivery> taken = this.deliveries.interrupted(this.handler.id(), traffic, now,
				this.inFlight::containsKey);
		startAll(taken);
		return taken.stream().anyMatch((delivery) -> delivery.interruptions() > 0);
	}

	private boolean start(Traffic traffic, Instant now, int room) {
		Due due = this.deliveries.due(this.handler.id(), traffic, now, room, this.inFlight::containsKey);
		startAll(due.deliveries());
		return due.more();
	}

	private void startAll(List<DueDelivery> taken) {
		Deque<DueDelivery> left = new ArrayDeque<>(taken);
		try {
			while (!left.isEmpty()) {
				start(left.getFirst());
				left.removeFirst();
			}
		}
		finally {
			this.deliveries.giveBack(List.copyOf(left));
		}
	}

	// One that has been given back or lost can be at hand again before its former run is
	// over, as that of a handler that does not react to its interruption: it waits for
	// that.
	private void start(DueDelivery delivery) {
		Run former = this.inFlight.get(delivery.eventId());
		if (former != null) {
			former.over().thenRunAsync(() -> start(delivery), this.dispatcher);
			return;
		}
		Run run = new Run(delivery, () -> attempt(delivery), this::ended, this.clock, this.deliveries::isHeld);
		keepInFlight(run, () -> settled(run));
		try {
			this.threads.execute(run);
		}
		catch (OutOfMemoryError ex) {
			// No thread is to be had: it runs later.
			forget(run);
			throw ex;
		}
		if (delivery.interruptions() > 0) {
			this.suspects.begin(run, this.wake);
		}
	}

	// On the handler's thread.
	private @Nullable Void attempt(DueDelivery delivery) throws Exception {
		long began = System.nanoTime();
		int work = this.deliveries.begun(delivery);
		try {
			this.attempts.attempt(this.handler, delivery);
			return null;
		}
		finally {
			this.deliveries.ended(work);
			this.pace.ended(System.nanoTime() - began);
		}
	}

	// Takes over what the threads of a former lane of this handler are still doing.
	void adopt(Lane former) {
		for (Run run : former.running()) {
			keepInFlight(run, () -> {
				settled(run);
				wake();
			});
		}
	}

	private void keepInFlight(Run run, Runnable settled) {
		this.inFlight.put(run.delivery().eventId(), run);
		this.bytes += run.delivery().body().length;
		run.countAmong(this.unended);
		run.over().thenRunAsync(settled, this.dispatcher);
	}

	private void revokeLost() {
		for (Run run : this.inFlight.values()) {
			if (!run.isRevoked() && !this.deliveries.isHeld(run.delivery())) {
				run.revoke();
			}
		}
	}

	private void interruptLate(Instant now) {
		Duration timeout = this.handler.settings().timeout();
		for (Run run : this.inFlight.values()) {
			Instant startedAt = run.startedAt();
			if (startedAt != null && startedAt.plus(timeout).isBefore(now)) {
				run.timeOut();
			}
		}
	}

	// One that reacts to its interruption has failed, and is told of as such.
	private void tellOfHung() {
		for (Run run : this.inFlight.values()) {
			Throwable late = run.hungFor(STILL_NANOS);
			if (late != null) {
				logger.warn("Handler '" + this.handler.id() + "' was interrupted on event " + run.delivery().eventId()
						+ " after its timeout of " + this.handler.settings().timeout()
						+ " and goes on; until it returns, its slot and its key stay taken. It was interrupted at:"
						+ System.lineSeparator() + Frames.of(late));
			}
		}
	}

	// On the handler's thread.
	private void ended(Run run, Instant startedAt, @Nullable Throwable thrown) {
		write(run, startedAt, thrown);
		callForMore();
	}

	private void write(Run run, Instant startedAt, @Nullable Throwable thrown) {
		if (this.abandoned || run.isRevoked()) {
			// Perhaps it returned only because it was interrupted: it runs again.
			giveBack(List.of(run));
			return;
		}
		try {
			Outcome outcome = this.outcomes.of(run.delivery(), startedAt, thrown);
			this.deliveries.finish(outcome)
				.thenAccept((accepted) -> settle(run, accepted ? outcome : null, thrown))
				.exceptionally((ex) -> unsettled(run));
		}
		catch (RuntimeException | Error ex) {
			// No memory for it, say: it runs again rather than hold its key for ever.
			giveBack(List.of(run));
			logger.error("The outcome of handler '" + this.handler.id() + "' on event " + run.delivery().eventId()
					+ " is lost, and the delivery runs again. " + Frames.of(ex));
		}
	}

	private void settle(Run run, @Nullable Outcome accepted, @Nullable Throwable thrown) {
		run.over().complete(null);
		if (accepted == null || accepted.retryAt() != null) {
			this.dispatcher.execute(this::wake);
		}
		if (accepted != null) {
			this.attempts.ended(accepted, thrown);
		}
	}

	// What was done leaves nothing to look for: what waited behind it announces itself.
	private void settled(Run run) {
		forget(run);
		if (run.delivery().interruptions() > 0) {
			this.suspects.ended(run);
		}
		if (this.replaysWait) {
			wake();
		}
	}

	private void forget(Run run) {
		if (this.inFlight.remove(run.delivery().eventId(), run)) {
			this.bytes -= run.delivery().body().length;
			run.countNoMore();
		}
	}

	// On the handler's thread: the next claim is made while there is still something to
	// do, and not when all outcomes are on disk.
	private void callForMore() {
		if (this.more && this.threads.getQueue().size() < this.pace.ahead() / 2
				&& this.called.compareAndSet(false, true)) {
			this.dispatcher.execute(() -> this.called.set(false));
		}
	}

	// Stays in flight: to run it again without a trace of this attempt could loop.
	private @Nullable Void unsettled(Run run) {
		if (!this.abandoned) {
			logger.error("The outcome of handler '" + this.handler.id() + "' on event " + run.delivery().eventId()
					+ " could not be written; the delivery runs again after a restart.");
		}
		return null;
	}

	// Lets running handlers end; what waits for a thread stays due.
	void drain() {
		this.deliveries.offer(this.handler.id(), 0);
		giveBackWaiting();
		this.threads.shutdown();
	}

	boolean awaitDrained(Duration patience) throws InterruptedException {
		return this.threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	// Interrupts what still runs; its deliveries stay due.
	void abandon() {
		this.abandoned = true;
		this.threads.shutdownNow();
	}

}
