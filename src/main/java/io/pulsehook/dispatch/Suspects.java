package io.pulsehook.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Deliveries that a handler was at work on when the process ended. One of them runs at a
 * time, whichever the handler: if the process ends again, it is known which of them was
 * there both times, and those that were beside it by chance are not counted with it. All
 * methods belong to the dispatcher's thread.
 */
final class Suspects {

	/** So many ends of the process are no chance. */
	static final int MOST_INTERRUPTIONS = 3;

	private final Runnable wakeAll;

	private @Nullable Run running;

	Suspects(Runnable wakeAll) {
		this.wakeAll = wakeAll;
	}

	// One that is past its timeout keeps no other one waiting.
	boolean mayRun() {
		Run current = this.running;
		return current == null || current.isHung() || current.over().isDone();
	}

	void begin(Run run) {
		this.running = run;
	}

	// Whoever had to wait for one that does not end is told once.
	void watch() {
		Run current = this.running;
		if (current != null && current.isHung()) {
			this.running = null;
			ended();
		}
	}

	// Any handler may have the next one.
	void ended() {
		this.wakeAll.run();
	}

}
