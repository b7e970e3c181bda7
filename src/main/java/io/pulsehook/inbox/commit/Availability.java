package io.pulsehook.inbox.commit;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.pulsehook.failure.DatabaseErrors;
import io.pulsehook.inbox.model.DataDirectoryException;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.write.Dialect;

/**
 * Whether the inbox can be written, and which writes are kept until it can again. Changed
 * by the writer's thread alone, and read by all.
 */
final class Availability {

	private static final Log logger = LogFactory.getLog(Availability.class);

	private final Dialect dialect;

	private final InstantSource clock;

	/** Each once and in order, although a write may be refused several times. */
	private final Set<Pending<?>> kept = new LinkedHashSet<>();

	private volatile @Nullable Outage outage;

	/** With damage, the outage lasts as long as the process. */
	private volatile @Nullable DataDirectoryException damage;

	Availability(Dialect dialect, InstantSource clock) {
		this.dialect = dialect;
		this.clock = clock;
	}

	/** Since when and why nothing can be written, or {@code null} when all is well. */
	@Nullable Outage outage() {
		return this.outage;
	}

	/**
	 * Whether the database is damaged: a write that succeeds does not show that it is
	 * whole.
	 */
	boolean isDamaged() {
		return this.damage != null;
	}

	/** Begins an outage, unless there is one, and refuses the writes that failed. */
	void beginOutage(List<Pending<?>> group, Throwable cause) {
		findDamage(cause);
		Outage began = new Outage(this.clock.instant(), DatabaseErrors.of(cause));
		if (this.outage == null) {
			this.outage = began;
			logger.error(report(began));
		}
		refuse(group, began);
	}

	/** Notes that a probe failed: the outage goes on, perhaps for another reason. */
	void continueOutage(Outage current, Throwable cause) {
		Outage continued = new Outage(current.since(), DatabaseErrors.of(cause));
		this.outage = continued;
		findDamage(cause);
		if (this.damage != null) {
			logger.error(report(continued));
			List<Pending<?>> waiting = List.copyOf(this.kept);
			this.kept.clear();
			refuse(waiting, continued);
		}
	}

	void endOutage() {
		this.outage = null;
	}

	/** Begins the outage that lasts for ever, since nobody writes any more. */
	void end() {
		this.outage = new Outage(this.clock.instant(), "The thread that writes has ended");
	}

	private void findDamage(Throwable cause) {
		DataDirectoryException found = (cause instanceof SQLException ex) ? this.dialect.damage(ex) : null;
		if (found != null) {
			this.damage = found;
		}
	}

	private String report(Outage began) {
		DataDirectoryException found = this.damage;
		return (found != null) ? found.getMessage() + " Webhooks are answered with 503. " + found.action()
				: "The inbox cannot be written: " + began.reason()
						+ ". Webhooks are kept in the spool if there is one, and else answered with 503, until it can; "
						+ "this is tried every second.";
	}

	/** Refuses writes because of the current outage, or of this failure if it is over. */
	void refuse(List<Pending<?>> group, String failure) {
		Outage current = this.outage;
		refuse(group, (current != null) ? current : new Outage(this.clock.instant(), failure));
	}

	/** Fails the writes of an outage, or keeps those that survive it. */
	void refuse(List<Pending<?>> group, Outage current) {
		for (Pending<?> pending : group) {
			if (pending.isDone()) {
				continue;
			}
			if (isWorthKeeping(pending)) {
				this.kept.add(pending);
			}
			else {
				pending.fail(unavailable(current));
			}
		}
	}

	// Nothing waits for the end of damage. Outcomes are kept even so: a delivery whose
	// outcome is refused would run again and again.
	private boolean isWorthKeeping(Pending<?> pending) {
		return pending.survivesOutage() && (this.damage == null || pending.batched());
	}

	/** Moves the writes that were kept to the end of a group. */
	void moveKeptTo(List<Pending<?>> group) {
		group.addAll(this.kept);
		this.kept.clear();
	}

	InboxUnavailableException unavailable(Outage current) {
		return new InboxUnavailableException("The inbox cannot be written: " + current.reason(), this.damage);
	}

}
