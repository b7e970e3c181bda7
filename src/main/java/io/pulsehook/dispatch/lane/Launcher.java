package io.pulsehook.dispatch.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * Starts deliveries on a handler's threads, and records which are in flight. A delivery
 * starts only when its former run is over. Only the dispatcher's thread may call these
 * methods.
 */
final class Launcher {

	private final Function<DueDelivery, Run> runs;

	private final InFlight inFlight;

	private final HandlerThreads threads;

	private final Suspects.Turn turn;

	private final Executor dispatcher;

	private final Runnable landed;

	/**
	 * Creates the launcher.
	 * @param runs makes the run of a delivery
	 * @param inFlight the deliveries in flight
	 * @param threads the handler's threads
	 * @param turn the lane's turn at deliveries that run one at a time
	 * @param dispatcher runs tasks on the dispatcher's thread
	 * @param landed is called on the dispatcher's thread after each run that is over
	 */
	Launcher(Function<DueDelivery, Run> runs, InFlight inFlight, HandlerThreads threads, Suspects.Turn turn,
			Executor dispatcher, Runnable landed) {
		this.runs = runs;
		this.inFlight = inFlight;
		this.threads = threads;
		this.turn = turn;
		this.dispatcher = dispatcher;
		this.landed = landed;
	}

	/**
	 * Starts deliveries that were claimed.
	 * @param taken the claimed deliveries
	 * @param giveBack receives those that could not be started
	 */
	void start(List<DueDelivery> taken, Consumer<List<DueDelivery>> giveBack) {
		Deque<DueDelivery> left = new ArrayDeque<>(taken);
		try {
			while (!left.isEmpty()) {
				start(left.getFirst());
				left.removeFirst();
			}
		}
		finally {
			giveBack.accept(List.copyOf(left));
		}
	}

	// A delivery that was given back or lost can be claimed again before its former run
	// is over, for example while its handler does not react to an interruption. It then
	// waits for the end of that run.
	private void start(DueDelivery delivery) {
		Run former = this.inFlight.find(delivery.eventId());
		if (former != null) {
			former.over().thenRunAsync(() -> start(delivery), this.dispatcher);
			return;
		}
		Run run = this.runs.apply(delivery);
		track(run, () -> land(run));
		try {
			this.threads.execute(run);
		}
		catch (OutOfMemoryError ex) {
			// The system could not start a thread, so the delivery is given back and runs
			// later.
			this.inFlight.remove(run);
			throw ex;
		}
		if (delivery.interruptions() > 0) {
			this.turn.begin(run);
		}
	}

	/**
	 * Takes over the deliveries that the threads of a former lane of the same handler are
	 * still working on, so that they are not begun again meanwhile.
	 * @param former what is in flight in the former lane
	 * @param ended is called on the dispatcher's thread after each of its runs
	 */
	void adopt(InFlight former, Runnable ended) {
		for (Run run : former.runs()) {
			track(run, () -> {
				land(run);
				ended.run();
			});
		}
	}

	private void track(Run run, Runnable over) {
		this.inFlight.add(run);
		run.over().thenRunAsync(over, this.dispatcher);
	}

	private void land(Run run) {
		this.inFlight.remove(run);
		if (run.delivery().interruptions() > 0) {
			this.turn.ended(run);
		}
		this.landed.run();
	}

}
