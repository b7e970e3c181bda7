package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.lane.AttemptListener;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Subscription;

/**
 * Runs the handlers for as long as the application runs: it starts before the web server,
 * so that the first event finds its handlers, and stops after it, so that what was
 * accepted last is begun or kept.
 */
public final class Dispatcher implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(Dispatcher.class);

	/** Below the phases of the web server. */
	static final int PHASE = Integer.MAX_VALUE - 8192;

	private final Inbox inbox;

	private final Deliveries deliveries;

	private final Subscribers subscribers;

	private final Handlers handlers;

	private final DispatchLoopFactory loops;

	private final Duration shutdownGrace;

	private final MissingHandlers missingHandlers;

	private volatile @Nullable DispatchLoop loop;

	private @Nullable DispatchLoop formerLoop;

	/**
	 * Creates a dispatcher, which does nothing until it is started.
	 * @param inbox tells what arrives
	 * @param deliveries what is to be dispatched
	 * @param subscribers knows the handlers of all processes
	 * @param handlers to whom
	 * @param loops makes the loop that runs the handlers, at each start a new one
	 * @param shutdownGrace how long running handlers may take to end when it stops
	 */
	public Dispatcher(Inbox inbox, Deliveries deliveries, Subscribers subscribers, Handlers handlers,
			DispatchLoopFactory loops, Duration shutdownGrace) {
		this.inbox = inbox;
		this.deliveries = deliveries;
		this.subscribers = subscribers;
		this.handlers = handlers;
		this.loops = loops;
		this.shutdownGrace = shutdownGrace;
		this.missingHandlers = new MissingHandlers(handlers);
	}

	/**
	 * Tells of attempts from now on.
	 * @param listener who is told
	 */
	public void listen(AttemptListener listener) {
		this.loops.listen(listener);
	}

	@Override
	public void start() {
		List<RegisteredHandler> all = this.handlers.all();
		all.forEach((handler) -> logger.info("Handler '" + handler.id() + "' receives " + handler.type() + " events."));
		DispatchLoop started = this.loops.create(all);
		this.inbox.subscribe(all.stream().map(RegisteredHandler::subscription).toList(), this::arrived);
		if (this.formerLoop != null) {
			started.adopt(this.formerLoop);
		}
		this.subscribers.paused().forEach((handler) -> started.setPaused(handler, true));
		this.loop = started;
		started.start();
		this.missingHandlers.warnOfOrphans(this.deliveries.unfinished(),
				this.subscribers.all().stream().map(Subscription::handler).collect(Collectors.toSet()));
	}

	private void arrived(Arrivals arrivals) {
		DispatchLoop current = this.loop;
		if (current != null) {
			tell(current, arrivals);
		}
		else {
			this.deliveries.refuseWhatComes();
		}
		this.missingHandlers.suggest(arrivals.unhandledTypes());
	}

	private static void tell(DispatchLoop loop, Arrivals arrivals) {
		if (!arrivals.handedOver().isEmpty()) {
			loop.handOver(arrivals.handedOver());
		}
		if (arrivals.erased()) {
			loop.giveBackWaiting();
		}
		arrivals.paused().forEach(loop::setPaused);
		if (!arrivals.handlers().isEmpty()) {
			loop.wake(arrivals.handlers());
		}
	}

	/**
	 * Lets a handler rest, also over restarts: what runs ends, nothing new begins, and
	 * events for it go on being kept.
	 * @param handler the handler's id
	 * @throws io.pulsehook.inbox.model.InboxUnavailableException if that could not be
	 * stored
	 */
	public void pause(String handler) {
		setPaused(handler, true);
	}

	/**
	 * Lets a handler go on after {@link #pause}.
	 * @param handler the handler's id
	 * @throws io.pulsehook.inbox.model.InboxUnavailableException if that could not be
	 * stored
	 */
	public void resume(String handler) {
		setPaused(handler, false);
	}

	private synchronized void setPaused(String handler, boolean paused) {
		this.subscribers.setPaused(handler, paused);
		DispatchLoop current = this.loop;
		if (current != null) {
			current.setPaused(handler, paused);
		}
		logger.info("Handler '" + handler + "' is " + (paused ? "paused." : "resumed."));
	}

	@Override
	public void stop() {
		DispatchLoop current = this.loop;
		if (current != null) {
			current.stop(this.shutdownGrace);
			this.loop = null;
			this.formerLoop = current;
			this.deliveries.refuseWhatComes();
			letOthersTakeOver(current);
		}
	}

	// As long as a handler still runs, its delivery must stay this process's.
	private void letOthersTakeOver(DispatchLoop stopped) {
		if (!stopped.isIdle()) {
			return;
		}
		try {
			this.inbox.unsubscribe();
		}
		catch (InboxUnavailableException ex) {
			logger.info("The deliveries that this replica took and did not run are due again when its lease ends.");
		}
	}

	@Override
	public boolean isRunning() {
		return this.loop != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * How many deliveries are at hand: running, about to, or not on disk yet.
	 */
	int claimed() {
		DispatchLoop current = this.loop;
		return (current != null) ? current.claimed() : 0;
	}

	/**
	 * How many deliveries are due that handlers were at work on when the process ended,
	 * more than once, and that therefore run one at a time.
	 * @return their number at the last poll, 0 while the dispatcher is stopped
	 */
	public int interrupted() {
		DispatchLoop current = this.loop;
		return (current != null) ? current.interrupted() : 0;
	}

	/**
	 * What the handlers are doing just now.
	 * @return a snapshot, empty while the dispatcher is stopped
	 */
	public List<RunningDelivery> running() {
		DispatchLoop current = this.loop;
		return (current != null) ? current.running() : List.of();
	}

}
