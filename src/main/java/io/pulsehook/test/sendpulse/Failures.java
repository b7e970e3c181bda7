package io.pulsehook.test.sendpulse;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The calls that a test wants to fail.
 */
final class Failures {

	private final List<Planned> planned = new ArrayList<>();

	private @Nullable FakeAnswer repeated;

	private int every;

	private int calls;

	synchronized void reset() {
		this.planned.clear();
		this.repeated = null;
		this.calls = 0;
	}

	synchronized void plan(@Nullable String operation, FakeAnswer answer) {
		this.planned.add(new Planned(operation, answer));
	}

	synchronized void repeat(int every, FakeAnswer answer) {
		this.every = every;
		this.repeated = answer;
		this.calls = 0;
	}

	synchronized @Nullable FakeAnswer next(String operation) {
		Iterator<Planned> planned = this.planned.iterator();
		while (planned.hasNext()) {
			Planned next = planned.next();
			if (next.operation() == null || next.operation().equals(operation)) {
				planned.remove();
				return next.answer();
			}
		}
		this.calls++;
		return (this.repeated != null && this.calls % this.every == 0) ? this.repeated : null;
	}

	private record Planned(@Nullable String operation, FakeAnswer answer) {

	}

}
