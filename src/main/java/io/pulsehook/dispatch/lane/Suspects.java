package io.pulsehook.dispatch.lane;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets deliveries run one at a time that a handler was at work on when the process ended,
 * more than once. If the process ends again, it is known which of them was there each
 * time, and those that were beside it by chance are not counted with it. Handlers take
 * turns. All methods belong to the dispatcher's thread.
 */
public final class Suspects {

	/** After so many ends of the process, a delivery is taken for their cause. */
	static final int MOST_INTERRUPTIONS = 3;

	/**
	 * A handler all of whose threads hang may not come to take its turn, and loses it
	 * after that.
	 */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier nanoTime;

	private final Set<Runnable> waiting = new LinkedHashSet<>();

	private @Nullable Run running;

	private Runnable runningFor = () -> {
	};

	private long freeSince;

	/**
	 * Creates it.
	 * @param nanoTime measures how long a handler does not take its turn
	 */
	public Suspects(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Whether a handler has its turn. If not, it stands in line from now on, and is woken
	 * when it may have its turn.
	 * @param handler wakes the handler, and stands for it in line
	 */
	boolean mayRun(Runnable handler) {
		if (this.waiting.isEmpty()) {
			this.freeSince = this.nanoTime.getAsLong();
		}
		this.waiting.add(handler);
		return this.running == null && this.waiting.iterator().next() == handler;
	}

	/**
	 * Says that a handler has taken its turn.
	 */
	void begin(Run run, Runnable handler) {
		this.running = run;
		this.runningFor = handler;
		this.waiting.remove(handler);
	}

	/**
	 * Says that a handler has nothing that needs a turn.
	 */
	void leave(Runnable handler) {
		if (this.waiting.remove(handler) && this.running == null) {
			free();
		}
	}

	/**
	 * Passes the turn on once a handler has returned, is past its timeout or does not
	 * take its turn, since then it might never say so: an outcome may never be written.
	 */
	public void watch() {
		Run current = this.running;
		if (current != null && (current.isHung() || current.hasEnded())) {
			ended(current);
		}
		if (this.running == null && !this.waiting.isEmpty()
				&& this.nanoTime.getAsLong() - this.freeSince > PATIENCE_NANOS) {
			this.waiting.remove(this.waiting.iterator().next());
			free();
		}
	}

	/**
	 * Says that a run is over. Its handler stands in line again, behind all others.
	 */
	void ended(Run run) {
		if (this.running == run) {
			this.running = null;
			this.waiting.add(this.runningFor);
			free();
		}
	}

	private void free() {
		this.freeSince = this.nanoTime.getAsLong();
		List.copyOf(this.waiting).forEach(Runnable::run);
	}

	/**
	 * One handler's place in line.
	 *
	 * @param suspects the line
	 * @param handler wakes the handler
	 */
	record Turn(Suspects suspects, Runnable handler) {

		boolean mayRun() {
			return this.suspects.mayRun(this.handler);
		}

		void begin(Run run) {
			this.suspects.begin(run, this.handler);
		}

		void ended(Run run) {
			this.suspects.ended(run);
		}

		void leave() {
			this.suspects.leave(this.handler);
		}

	}

}
