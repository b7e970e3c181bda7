package io.pulsehook.dispatch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Deliveries that a handler was at work on when the process ended, more than once. One of
 * them runs at a time, whichever the handler: if the process ends again, it is known
 * which of them was there each time, and those that were beside it by chance are not
 * counted with it. Handlers take turns. All methods belong to the dispatcher's thread.
 */
final class Suspects {

	/** So many ends of the process are no chance. */
	static final int MOST_INTERRUPTIONS = 3;

	/** All threads of a handler may hang, so that it does not come to take its turn. */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier nanoTime;

	/**
	 * How to wake the handlers that wait for their turns, the one that has waited for
	 * longest first.
	 */
	private final Set<Runnable> waiting = new LinkedHashSet<>();

	private @Nullable Run running;

	private Runnable runningFor = () -> {
	};

	/** When the first one in line could have begun. */
	private long freeSince;

	Suspects(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	// Whether a handler has its turn. If not, it is in line, and woken when it may have.
	boolean mayRun(Runnable handler) {
		if (this.waiting.isEmpty()) {
			this.freeSince = this.nanoTime.getAsLong();
		}
		this.waiting.add(handler);
		return this.running == null && this.waiting.iterator().next() == handler;
	}

	void begin(Run run, Runnable handler) {
		this.running = run;
		this.runningFor = handler;
		this.waiting.remove(handler);
	}

	// Says that a handler has none that it could run.
	void leave(Runnable handler) {
		if (this.waiting.remove(handler) && this.running == null) {
			free();
		}
	}

	// One whose handler has returned, or is past its timeout, keeps no other one waiting,
	// even if its outcome cannot be written.
	void watch() {
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

	// Its handler may have another one, after those of others.
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

}
