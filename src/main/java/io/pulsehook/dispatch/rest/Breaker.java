package io.pulsehook.dispatch.rest;

import java.util.HashSet;
import java.util.Set;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * Counts the failures of a handler in a row, which show that the handler, or what it
 * needs, does not work. Failures of one or two keys show only that their events cannot be
 * handled. Safe for use by many threads.
 */
final class Breaker {

	/** Failures of fewer keys than these are no reason to rest. */
	private static final int KEYS = 3;

	private final int limit;

	private final Set<Object> keys = new HashSet<>(KEYS * 2);

	private volatile int failures;

	/**
	 * Creates a breaker.
	 * @param limit how many failures in a row are too many, 0 if no number is
	 */
	Breaker(int limit) {
		this.limit = limit;
	}

	boolean isOff() {
		return this.limit == 0;
	}

	/** Begins to count anew. */
	void reset() {
		// Nothing is locked for a handler that does not fail.
		if (this.failures > 0) {
			clear();
		}
	}

	private synchronized void clear() {
		this.failures = 0;
		this.keys.clear();
	}

	/**
	 * Counts a failure.
	 * @param delivery the delivery that failed; one without a key counts as a key of its
	 * own
	 * @return whether there are too many by now, in which case it begins to count anew
	 */
	synchronized boolean fails(DueDelivery delivery) {
		if (isOff()) {
			return false;
		}
		this.failures++;
		if (this.keys.size() < KEYS) {
			this.keys.add((delivery.orderingKey() != null) ? delivery.orderingKey() : delivery.id());
		}
		boolean tooMany = this.failures >= this.limit && this.keys.size() >= KEYS;
		if (tooMany) {
			clear();
		}
		return tooMany;
	}

}
