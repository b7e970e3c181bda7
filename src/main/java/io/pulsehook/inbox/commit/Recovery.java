package io.pulsehook.inbox.commit;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.inbox.model.InboxListener;
import io.pulsehook.inbox.model.Outage;

/**
 * Ends an outage: probes once a second whether the inbox can be written again, and then
 * writes what was kept. Used by the writer's thread alone.
 */
final class Recovery {

	private static final Log logger = LogFactory.getLog(Recovery.class);

	private final Availability availability;

	private final GroupCommit commits;

	private final Transactions transactions;

	private final InstantSource clock;

	private final InboxListener observer;

	private volatile long intervalNanos;

	private long lastProbe;

	Recovery(Availability availability, GroupCommit commits, Transactions transactions, InstantSource clock,
			InboxListener observer, Duration interval) {
		this.availability = availability;
		this.commits = commits;
		this.transactions = transactions;
		this.clock = clock;
		this.observer = observer;
		this.intervalNanos = interval.toNanos();
	}

	/** Sets how often an outage is tried to be ended. */
	void probeEvery(Duration interval) {
		this.intervalNanos = interval.toNanos();
	}

	/** Lets an outage that this code began last until the next probe. */
	void postpone() {
		this.lastProbe = System.nanoTime();
	}

	/**
	 * Refuses what arrived during the outage, and tries to end it.
	 * @param group what arrived in this turn. The writes that were kept take its place,
	 * so that they are answered like any other group whatever happens.
	 */
	void recover(Outage current, List<Pending<?>> group) {
		this.availability.refuse(group, current);
		long now = System.nanoTime();
		if (this.availability.isDamaged() || now - this.lastProbe < this.intervalNanos) {
			return;
		}
		this.lastProbe = now;
		try {
			this.commits.probe();
		}
		catch (SQLException | RuntimeException | Error ex) {
			// A probe can take long. A writer that is closed meanwhile does not begin
			// another.
			this.lastProbe = System.nanoTime();
			this.transactions.disconnect();
			this.availability.continueOutage(current, ex);
			return;
		}
		this.availability.endOutage();
		logger.info("The inbox can be written again, after "
				+ Duration.between(current.since(), this.clock.instant()).toSeconds() + " s.");
		writeKept(group);
		this.observer.recovered(current);
	}

	private void writeKept(List<Pending<?>> group) {
		group.clear();
		this.availability.moveKeptTo(group);
		if (!group.isEmpty() && !this.commits.writeAll(group)) {
			postpone();
		}
	}

}
