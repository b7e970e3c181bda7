package io.pulsehook.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.pulsehook.dispatch.attempt.AttemptListener;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.lane.RunningDelivery;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Subscription;

/**
 * Runs the handlers for as long as the application runs. It starts before the web server:
 * an event that was received before the handlers are known would get no deliveries. It
 * stops after the web server, so that no event arrives while it stops.
 */
public final class Dispatcher implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(Dispatcher.class);

	/**
	 * The phase is below those of the web server, so that this starts before it and stops
	 * after it.
	 */
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
	 * @param deliveries where deliveries are claimed and finished
	 * @param subscribers knows the handlers of all processes
	 * @param handlers the handlers to run
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
	 * Adds a listener to attempts.
	 * @param listener the listener
	 */
	public void listen(AttemptListener listener) {
		this.loops.listen(listener);
	}

	@Override
	public void start() {
		List<RegisteredHandler> all = this.handlers.all();
		all.forEach((handler) -> logger.info("Handler '" + handler.id() + "' receives " + handler.type() + " events."));
		DispatchLoop started = this.loops.create(all);
		boolean registered = this.inbox.subscribe(all.stream().map(RegisteredHandler::subscription).toList(),
				this::arrived);
		if (this.formerLoop != null) {
			started.adopt(this.formerLoop);
		}
		if (registered) {
			this.subscribers.states().forEach(started::setState);
		}
		this.loop = started;
		started.start();
		if (registered) {
			warnOfOrphans();
		}
		else {
			logger.warn("The handlers begin when the database is back. What they receive waits until then.");
		}
	}

	private void warnOfOrphans() {
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
		arrivals.states().forEach(loop::setState);
		if (!arrivals.handlers().isEmpty()) {
			loop.wake(arrivals.handlers());
		}
	}

	/**
	 * Pauses a handler until it is resumed, also over restarts. Attempts that are running
	 * end, no new ones begin, and events for it are still stored.
	 * @param handler the handler's id
	 * @throws io.pulsehook.inbox.model.InboxUnavailableException if that could not be
	 * stored
	 */
	public void pause(String handler) {
		setPaused(handler, true);
	}

	/**
	 * Resumes a handler after {@link #pause}.
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

	// Lets other processes take over what was not run, but only if all handlers have
	// returned: a delivery whose handler still runs must not be run elsewhere too.
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
	 * Counts the deliveries that are claimed: they wait for a thread, run, or have an
	 * outcome that is not on disk yet.
	 */
	int claimed() {
		DispatchLoop current = this.loop;
		return (current != null) ? current.claimed() : 0;
	}

	/**
	 * Counts the due deliveries whose handlers were working on them more than once when
	 * the process ended. They run one at a time.
	 * @return their number at the last poll, 0 while the dispatcher is stopped
	 */
	public int interrupted() {
		DispatchLoop current = this.loop;
		return (current != null) ? current.interrupted() : 0;
	}

	/**
	 * Tells whether the handlers of this process are paused or rest.
	 * @return the state of each by its id, empty while the dispatcher is stopped
	 */
	public Map<String, HandlerState> states() {
		DispatchLoop current = this.loop;
		return (current != null) ? current.states() : Map.of();
	}

	/**
	 * Lists the deliveries that handlers are working on.
	 * @return a snapshot, empty while the dispatcher is stopped
	 */
	public List<RunningDelivery> running() {
		DispatchLoop current = this.loop;
		return (current != null) ? current.running() : List.of();
	}

}
