package io.pulsehook.dispatch.lane;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets suspects run one at a time: deliveries whose handlers were working on them more
 * than once when the process ended, so that one of them may be the cause. If the process
 * ends again, only the one that ran is counted, and not those that ran beside it by
 * chance. Handlers take turns. Only the dispatcher's thread may call these methods.
 */
public final class Suspects {

	/**
	 * A handler that does not take its turn within this time loses it. All of its threads
	 * may hang.
	 */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier nanoTime;

	private final Set<Runnable> waiting = new LinkedHashSet<>();

	private @Nullable Run running;

	private Runnable runningFor = () -> {
	};

	private long freeSince;

	/**
	 * Creates the line of suspects.
	 * @param nanoTime measures how long a handler does not take its turn
	 */
	public Suspects(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Tells whether a handler has its turn. If not, it waits in line and is woken when it
	 * may have its turn.
	 * @param handler wakes the handler, and represents it in line
	 */
	boolean mayRun(Runnable handler) {
		if (this.waiting.isEmpty()) {
			this.freeSince = this.nanoTime.getAsLong();
		}
		this.waiting.add(handler);
		return this.running == null && this.waiting.iterator().next() == handler;
	}

	/**
	 * Records that a handler has taken its turn.
	 */
	void begin(Run run, Runnable handler) {
		this.running = run;
		this.runningFor = handler;
		this.waiting.remove(handler);
	}

	/**
	 * Records that a handler has no delivery that needs a turn.
	 */
	void leave(Runnable handler) {
		if (this.waiting.remove(handler) && this.running == null) {
			free();
		}
	}

	/**
	 * Passes the turn on when the handler has returned, is past its timeout, or has not
	 * taken its turn. It cannot wait for the end of the run: its outcome may never be
	 * written.
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
	 * Records that a run is over. Its handler waits in line again, behind all others.
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
