package io.pulsehook.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.dao.DataAccessException;

import io.pulsehook.reconcile.Reconciliation;

/**
 * Notices reconciliations that found messages which SendPulse did not send, and tells of
 * each once, without what an earlier one has told. Used by one thread.
 */
final class MissingWatch {

	/**
	 * How long before the start a reconciliation may have ended to be told: the process
	 * that ran it may have been killed before it told. Who told it already has stored the
	 * same alarm.
	 */
	private static final Duration BEFORE_START = Duration.ofHours(1);

	/** Nothing is in a hurry here: the messages are late already. */
	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private final Supplier<List<Reconciliation>> newest;

	private final Digest digest;

	private final InstantSource clock;

	private final Instant earliest;

	private Instant next;

	private final Set<Long> told = new HashSet<>();

	/**
	 * Creates a watch.
	 * @param newest lists the newest reconciliations
	 * @param digest takes the alarms
	 * @param clock tells the present time
	 */
	MissingWatch(Supplier<List<Reconciliation>> newest, Digest digest, InstantSource clock) {
		this.newest = newest;
		this.digest = digest;
		this.clock = clock;
		this.next = clock.instant();
		this.earliest = this.next.minus(BEFORE_START);
	}

	/**
	 * Looks at the newest reconciliations, but not too often.
	 */
	void look() {
		Instant now = this.clock.instant();
		if (now.isBefore(this.next)) {
			return;
		}
		this.next = now.plus(INTERVAL);
		for (Reconciliation reconciliation : newest()) {
			Instant finished = reconciliation.finishedAt();
			if (finished != null && !finished.isBefore(this.earliest) && reconciliation.newlyFound() > 0
					&& this.told.add(reconciliation.id())) {
				this.digest.add(Alarm.missing(reconciliation.id(), finished, reconciliation.newlyFound()));
			}
		}
	}

	// While the database cannot be read, other alarms must be looked for even so.
	private List<Reconciliation> newest() {
		try {
			return this.newest.get();
		}
		catch (DataAccessException ex) {
			return List.of();
		}
	}

}
