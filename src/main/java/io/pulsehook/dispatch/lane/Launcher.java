package io.pulsehook.dispatch.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * Puts deliveries on a handler's threads, each only when no former run of it is left, and
 * keeps the ledger of those that are in flight. All methods belong to the dispatcher's
 * thread.
 */
final class Launcher {

	private final Function<DueDelivery, Run> runs;

	private final InFlight inFlight;

	private final HandlerThreads threads;

	private final Suspects.Turn turn;

	private final Executor dispatcher;

	private final Runnable landed;

	/**
	 * Creates it.
	 * @param runs makes the run of a delivery
	 * @param inFlight the ledger
	 * @param threads the handler's threads
	 * @param turn the lane's turn at what runs one at a time
	 * @param dispatcher runs tasks on the dispatcher's thread
	 * @param landed is told, on that thread, after each run that is over
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
	 * Starts deliveries that were taken.
	 * @param taken the deliveries
	 * @param giveBack gets those that could not be started
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

	// A delivery that was given back or lost can be taken again before its former run is
	// over, for example while its handler does not react to an interruption. It then
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
			// The system gave no thread, so the delivery is given back and runs later.
			this.inFlight.remove(run);
			throw ex;
		}
		if (delivery.interruptions() > 0) {
			this.turn.begin(run);
		}
	}

	/**
	 * Takes over what the threads of a former lane of the same handler are still doing,
	 * so that it is not begun again beside them.
	 * @param former its ledger
	 * @param ended is told, on the dispatcher's thread, after each of its runs
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
