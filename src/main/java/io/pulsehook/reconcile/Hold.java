package io.pulsehook.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.inbox.reconciliation.StoredReconciliations;
import io.pulsehook.reconcile.PatientCalls.StoppedException;

/**
 * A reconciliation while this process has it: keeps it, and writes how far it has come
 * now and then. What was not written when the process is killed is compared again.
 */
final class Hold {

	private static final Log logger = LogFactory.getLog(Hold.class);

	private static final JsonMapper json = JsonMapper.shared();

	/** How many times the lease is renewed within its length. */
	private static final int BEATS = 6;

	/** After how much time, and how many messages, what has been found is written. */
	private static final long WRITE_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final int WRITE_FOUND = 50;

	private final StoredReconciliations store;

	private final long id;

	private final String runner;

	private final Predicate<Duration> stopsWithin;

	private final Duration beat;

	private final List<StoredMissing> found = new ArrayList<>();

	private int contacts;

	private @Nullable Cursor cursor;

	private long kept = System.nanoTime();

	private long written = System.nanoTime();

	/**
	 * Creates a hold of a reconciliation that was taken.
	 * @param store where it is kept
	 * @param id its id
	 * @param runner the name of this process
	 * @param stopsWithin waits for a time at most, and tells whether the process ends
	 */
	Hold(StoredReconciliations store, long id, String runner, Predicate<Duration> stopsWithin) {
		this.store = store;
		this.id = id;
		this.runner = runner;
		this.stopsWithin = stopsWithin;
		this.beat = store.lease().dividedBy(BEATS);
	}

	/**
	 * Reads what the reconciliation goes on after.
	 * @param cursor as it was written, or {@code null}
	 */
	static Cursor cursor(@Nullable String cursor) {
		return (cursor != null) ? json.readValue(cursor, Cursor.class) : new Cursor("", "", NotCompared.NOTHING, null);
	}

	/**
	 * Keeps the reconciliation.
	 * @throws StoppedException if another process has it, or this one is ending
	 */
	void keep() {
		if (this.stopsWithin.test(Duration.ZERO)) {
			throw new StoppedException("This process is ending.");
		}
		if (System.nanoTime() - this.kept >= this.beat.toNanos()) {
			require(this.store.take(this.id, this.runner));
		}
	}

	private void require(boolean held) {
		if (!held) {
			throw new StoppedException("The reconciliation has ended, or another process goes on with it.");
		}
		this.kept = System.nanoTime();
	}

	/**
	 * Pauses, and keeps the reconciliation meanwhile.
	 * @param time how long
	 * @throws StoppedException if another process has it, or this one is ending
	 */
	void pause(Duration time) {
		Duration left = time;
		while (!left.isNegative() && !left.isZero()) {
			Duration some = (left.compareTo(this.beat) < 0) ? left : this.beat;
			if (this.stopsWithin.test(some)) {
				throw new StoppedException("This process is ending.");
			}
			left = left.minus(some);
			keep();
		}
	}

	/**
	 * Adds a contact that has been compared.
	 * @param at its place in the order of all contacts
	 * @param missing its messages that were never sent
	 */
	void add(Cursor at, List<StoredMissing> missing) {
		this.contacts++;
		this.found.addAll(missing);
		leave(at);
	}

	/**
	 * Leaves a contact behind that could not be compared.
	 * @param at its place in the order of all contacts
	 */
	void leave(Cursor at) {
		this.cursor = at;
		if (this.found.size() >= WRITE_FOUND || System.nanoTime() - this.written >= WRITE_NANOS) {
			write();
		}
	}

	/**
	 * Writes how far the reconciliation has come.
	 * @throws StoppedException if another process has it
	 */
	void write() {
		if (this.cursor != null) {
			require(this.store.advance(this.id, this.runner, this.contacts, json.writeValueAsString(this.cursor),
					this.found));
		}
		this.contacts = 0;
		this.cursor = null;
		this.found.clear();
		this.written = System.nanoTime();
	}

	/**
	 * Ends the reconciliation, and writes first how far it has come.
	 * @param status its status from now on
	 * @param error why it could not go on, or what it could not compare, or {@code null}
	 */
	void end(ReconciliationStatus status, @Nullable String error) {
		write();
		require(this.store.end(this.id, this.runner, status.code(), error));
	}

	/** Lets another process go on, after what has been found was written. */
	void release() {
		try {
			write();
			this.store.release(this.id, this.runner);
		}
		catch (StoppedException ex) {
			logger.debug("Another process has the reconciliation already");
		}
	}

	/**
	 * The place of a contact in the order of all contacts.
	 *
	 * @param account the name of the account
	 * @param contact the hash of the contact's id, which may be kept when the contact is
	 * erased
	 * @param notCompared what could not be compared up to there
	 * @param failure why accounts before this one could not be compared, or {@code null}
	 */
	record Cursor(String account, String contact, NotCompared notCompared, @Nullable String failure) {

		boolean isBehind(String account) {
			return this.account.compareTo(account) > 0;
		}

		boolean isAtOrBehind(String account, String contact) {
			return isBehind(account) || (this.account.equals(account) && this.contact.compareTo(contact) >= 0);
		}

	}

}
