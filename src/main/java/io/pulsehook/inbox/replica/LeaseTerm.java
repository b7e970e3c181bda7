package io.pulsehook.inbox.replica;

import java.time.Duration;

/**
 * The lease of this replica as it was renewed last. The lease renews it, and the intake
 * claims by it what it sends ahead to handlers.
 */
public final class LeaseTerm {

	/** The id of no runner. */
	public static final long NOBODY = -1;

	private volatile Term term = Term.NONE;

	/**
	 * Begins or renews the term, from before the server was asked, so that this replica
	 * never holds the lease for longer than the server does.
	 * @param asked when the server was asked, by {@link System#nanoTime()}
	 */
	void renew(long id, long asked, Duration length) {
		this.term = new Term(id, asked + length.toNanos(), System.currentTimeMillis() + length.toMillis());
	}

	void end() {
		this.term = Term.NONE;
	}

	/**
	 * Returns the id of the lease.
	 * @return the id, or {@link #NOBODY} if there was none yet
	 */
	public long id() {
		return this.term.id();
	}

	/**
	 * Returns the id of the lease if it is held.
	 * @return the id, or {@link #NOBODY} if it is over
	 */
	public long heldId() {
		Term current = this.term;
		return current.lasts() ? current.id() : NOBODY;
	}

	/** Whether what was claimed by an id is still this process's. */
	boolean holds(long id) {
		Term current = this.term;
		return current.id() == id && current.lasts();
	}

	/**
	 * Ends by two clocks, of which one is enough: System.nanoTime() can stand still while
	 * a machine sleeps, and the time of day can be set back.
	 */
	private record Term(long id, long endsAtNanos, long endsAtMillis) {

		private static final Term NONE = new Term(NOBODY, 0, 0);

		boolean lasts() {
			return System.nanoTime() - this.endsAtNanos < 0 && System.currentTimeMillis() < this.endsAtMillis;
		}

	}

}
