package io.pulsehook.dispatch.lane;

import java.util.function.IntSupplier;
import java.util.stream.Stream;

import io.pulsehook.dispatch.rest.Rests;
import io.pulsehook.inbox.model.HandlerState;

/**
 * Shows what a lane is doing. Any thread may look.
 */
public final class LaneView {

	private final InFlight inFlight;

	private final Rests rests;

	private final IntSupplier interrupted;

	LaneView(InFlight inFlight, Rests rests, IntSupplier interrupted) {
		this.inFlight = inFlight;
		this.rests = rests;
		this.interrupted = interrupted;
	}

	/**
	 * Counts the deliveries in flight.
	 * @return their number
	 */
	public int claimed() {
		return this.inFlight.runs().size();
	}

	/**
	 * Lists the deliveries that the handler is working on.
	 * @return a snapshot
	 */
	public Stream<RunningDelivery> running() {
		return this.inFlight.runs().stream().flatMap((run) -> run.state().stream());
	}

	/**
	 * Tells whether no thread of the handler is at work.
	 * @return {@code true} if so
	 */
	public boolean isIdle() {
		return this.inFlight.runs().stream().noneMatch(Run::isRunning);
	}

	/**
	 * Counts the deliveries that run one at a time and were due at the last poll.
	 * @return their number
	 */
	public int interrupted() {
		return this.interrupted.getAsInt();
	}

	/**
	 * Returns the state of the handler.
	 * @return whether it is paused or rests
	 */
	public HandlerState state() {
		return this.rests.state();
	}

}
