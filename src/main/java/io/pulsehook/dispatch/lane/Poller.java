package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.lane.PollResult.Remaining;
import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.NextDue;
import io.pulsehook.inbox.model.Traffic;

/**
 * Asks the inbox which deliveries of one handler are due, and claims as many as there is
 * room for. Only the dispatcher's thread may call these methods.
 */
final class Poller {

	private static final Log logger = LogFactory.getLog(Poller.class);

	/**
	 * The inbox is polled at least this often, since the signal that something is due can
	 * be lost, for example when a replica dies.
	 */
	private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private final RegisteredHandler handler;

	private final Deliveries deliveries;

	private final Capacity capacity;

	private final Throttle throttle;

	private final Suspects.Turn turn;

	private final Prober prober;

	private final Consumer<List<DueDelivery>> starter;

	private boolean failing;

	/**
	 * Creates the poller.
	 * @param handler the handler to run
	 * @param deliveries where deliveries are claimed
	 * @param capacity tells of free threads
	 * @param throttle claims deliveries within the handler's rate
	 * @param turn the lane's turn at deliveries that run one at a time
	 * @param prober tries one delivery at a time while the handler rests
	 * @param starter starts the claimed deliveries
	 */
	Poller(RegisteredHandler handler, Deliveries deliveries, Capacity capacity, Throttle throttle, Suspects.Turn turn,
			Prober prober, Consumer<List<DueDelivery>> starter) {
		this.handler = handler;
		this.deliveries = deliveries;
		this.capacity = capacity;
		this.throttle = throttle;
		this.turn = turn;
		this.prober = prober;
		this.starter = starter;
	}

	/**
	 * Polls once, if there is room for what may be found. If the inbox fails, the
	 * operator is told, and the poll is repeated after a pause.
	 * @param now the time
	 * @param last the result of the poll before
	 * @return what was found, or the last result if there is no room
	 */
	PollResult poll(Instant now, PollResult last) {
		int room = room(last);
		if (room <= 0) {
			return last;
		}
		try {
			PollResult result = take(now, room, last);
			this.failing = false;
			return result;
		}
		catch (InboxUnavailableException ex) {
			// The inbox has already logged its outage. Waiting for its end on this thread
			// would hold up all handlers.
			return last.retryAt(now.plus(PAUSE_AFTER_FAILURE));
		}
		catch (DataAccessException | OutOfMemoryError ex) {
			PollResult result = last.retryAt(now.plus(PAUSE_AFTER_FAILURE));
			warnOnce(ex);
			return result;
		}
	}

	private int room(PollResult last) {
		if (!this.throttle.isOpen()) {
			return 0;
		}
		boolean suspectFirst = last.suspectWaits() && this.capacity.freeThreads() <= 0;
		return suspectFirst ? 0 : this.capacity.room();
	}

	private void warnOnce(Throwable thrown) {
		if (!this.failing) {
			logger.warn("The deliveries of handler '" + this.handler.id()
					+ "' cannot be begun; this is tried again every second. " + DatabaseErrors.of(thrown));
		}
		this.failing = true;
	}

	private PollResult take(Instant now, int room, PollResult last) {
		if (this.prober.isResting()) {
			return last.retryAt(this.prober.probe(now, this.starter));
		}
		NextDue due = this.deliveries.nextDue(this.handler.id(), now);
		if (due.interrupted() == 0) {
			this.turn.leave();
		}
		else if (this.turn.mayRun() && !startSuspect(now)) {
			return new PollResult(Remaining.SUSPECT, Instant.MIN, last.replaysWait(), due.interrupted());
		}
		// A suspect that was started has taken a thread of this room.
		return startOthers(due, now, Math.min(room, this.capacity.room()));
	}

	// Starts a suspect only if a thread is free. If it were claimed and the process ended
	// while it waits for a thread, that end would be counted against it.
	private boolean startSuspect(Instant now) {
		if (this.capacity.freeThreads() <= 0) {
			return false;
		}
		if (!startSuspect(Traffic.LIVE, now) && !startSuspect(Traffic.REPLAY, now)) {
			this.turn.leave();
		}
		return true;
	}

	private boolean startSuspect(Traffic traffic, Instant now) {
		List<DueDelivery> taken = this.throttle.claim(new ClaimRequest(this.handler.id(), traffic, now, 1, true))
			.deliveries();
		this.starter.accept(taken);
		return taken.stream().anyMatch((delivery) -> delivery.interruptions() > 0);
	}

	// Replays are claimed for free threads only and never wait for one, so that a new
	// event waits for one running replay at most.
	private PollResult startOthers(NextDue due, Instant now, int room) {
		Due live = (due.live() && room > 0) ? start(Traffic.LIVE, now, room) : new Due(List.of(), due.live());
		int free = this.capacity.freeThreads();
		if (due.replayed() && !live.more() && free > 0) {
			start(Traffic.REPLAY, now, free);
		}
		boolean more = live.more() || !this.throttle.isOpen();
		Instant next = earlier(live.next(), earlier(due.next(), now.plus(LONGEST_INTERVAL)));
		return more ? new PollResult(Remaining.MORE, Instant.MIN, due.replayed(), due.interrupted())
				: new PollResult(Remaining.NOTHING, next, due.replayed(), due.interrupted());
	}

	private Due start(Traffic traffic, Instant now, int limit) {
		Due due = this.throttle
			.claim(new ClaimRequest(this.handler.id(), traffic, now, limit).waitingFor(this.handler.bursts()));
		this.starter.accept(due.deliveries());
		return due;
	}

	private static Instant earlier(@Nullable Instant one, Instant other) {
		return (one != null && one.isBefore(other)) ? one : other;
	}

}
