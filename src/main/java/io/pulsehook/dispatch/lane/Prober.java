package io.pulsehook.dispatch.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.dispatch.rest.Health;
import io.pulsehook.dispatch.rest.Rests;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.NextDue;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.model.Traffic;

/**
 * Tries one delivery at a time while a handler rests. Only the dispatcher's thread may
 * call these methods.
 */
final class Prober {

	/** How soon it looks again while another replica tries a delivery. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final RegisteredHandler handler;

	private final Rests rests;

	private final Health health;

	private final InFlight inFlight;

	private final Capacity capacity;

	private final Suspects.Turn turn;

	private final Deliveries deliveries;

	private final Throttle throttle;

	Prober(RegisteredHandler handler, Health health, InFlight inFlight, Capacity capacity, Suspects.Turn turn,
			Deliveries deliveries, Throttle throttle) {
		this.handler = handler;
		this.rests = health.rests();
		this.health = health;
		this.inFlight = inFlight;
		this.capacity = capacity;
		this.turn = turn;
		this.deliveries = deliveries;
		this.throttle = throttle;
	}

	boolean isResting() {
		return this.rests.state().isResting();
	}

	/**
	 * Starts a delivery if the rest is over for one, a thread is free, and none is tried
	 * yet.
	 * @param now the time
	 * @param starter starts the delivery
	 * @return when to look again
	 */
	Instant probe(Instant now, Consumer<List<DueDelivery>> starter) {
		HandlerState state = this.rests.state();
		if (!state.mayProbe(now)) {
			Instant until = state.restsUntil();
			return (until != null && until.isAfter(now)) ? until : now.plus(PAUSE);
		}
		if (this.capacity.freeThreads() <= 0 || isProbing(now)) {
			return now.plus(PAUSE);
		}
		NextDue due = this.deliveries.nextDue(this.handler.id(), now);
		List<DueDelivery> taken = claim(due, now, firstTraffic(state));
		taken.forEach(this.rests::beginProbe);
		starter.accept(taken);
		return now.plus(PAUSE);
	}

	private boolean isProbing(Instant now) {
		DueDelivery probe = this.rests.probe();
		Run run = (probe != null) ? this.inFlight.find(probe.eventId()) : null;
		if (probe == null || run == null || !run.delivery().isSameAttemptAs(probe)) {
			return false;
		}
		if (run.isHung()) {
			giveUp(probe, now);
		}
		return true;
	}

	// A handler that hangs must not keep all others of its deliveries waiting.
	private void giveUp(DueDelivery probe, Instant now) {
		this.deliveries.letProbeGo(probe);
		RestChange change = this.rests.endProbe(probe) ? this.health.failed(true, probe, new TimeoutException(), now)
				: null;
		if (change != null) {
			this.rests.write(change);
		}
	}

	// Takes turns between both, so that a delivery that always fails is not the only one
	// of its kind that is ever tried.
	private static Traffic firstTraffic(HandlerState state) {
		return (state.rest() == null || state.rest().probes() % 2 == 0) ? Traffic.LIVE : Traffic.REPLAY;
	}

	private List<DueDelivery> claim(NextDue due, Instant now, Traffic first) {
		Traffic second = (first == Traffic.LIVE) ? Traffic.REPLAY : Traffic.LIVE;
		if (due.live() || due.replayed()) {
			List<DueDelivery> taken = claim(now, false, first, second);
			if (!taken.isEmpty()) {
				return taken;
			}
		}
		// What may have ended the process is tried last, and runs one at a time.
		if (due.interrupted() == 0 || !this.turn.mayRun()) {
			return List.of();
		}
		List<DueDelivery> taken = claim(now, true, first, second);
		if (taken.isEmpty()) {
			this.turn.leave();
		}
		return taken;
	}

	private List<DueDelivery> claim(Instant now, boolean interrupted, Traffic first, Traffic second) {
		List<DueDelivery> taken = claim(ClaimRequest.probe(this.handler.id(), first, now, interrupted));
		return taken.isEmpty() ? claim(ClaimRequest.probe(this.handler.id(), second, now, interrupted)) : taken;
	}

	private List<DueDelivery> claim(ClaimRequest request) {
		return this.throttle.claim(request.waitingFor(this.handler.bursts())).deliveries();
	}

}
