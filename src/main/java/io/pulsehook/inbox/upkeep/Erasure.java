package io.pulsehook.inbox.upkeep;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.reconciliation.ErasedContacts;
import io.pulsehook.inbox.replay.EndedReplays;
import io.pulsehook.inbox.triage.Notes;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.FileSpace;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Transaction;

/**
 * Erases a person: the events of a contact, their deliveries, and the error texts about
 * them. It does so in small writes, so that intake goes on in between.
 */
public final class Erasure {

	/**
	 * Each try waits a moment for readers. If all fail, housekeeping empties the log
	 * later.
	 */
	private static final int TRUNCATION_TRIES = 10;

	private static final String DELETE_ORDERS = """
			delete from pulsehook_order
			where (ordering_key, event_id) in (select ordering_key, id from pulsehook_event where id in %s)
			""".formatted(Removal.IDS);

	/** The errors of the attempts, by which the groups of dead letters are found. */
	private static final String ERRORS = """
			select handler, error from pulsehook_attempt where succeeded = 0 and event_id in %s
			""".formatted(Removal.IDS);

	private static final String FIRST = "select coalesce(min(id), 0) from pulsehook_event";

	private static final String LAST = "select coalesce(max(id), 0) from pulsehook_event";

	private static final String DELETE_RECONCILIATIONS = "delete from pulsehook_reconciliation";

	private static final String FORGET_ERASED = "delete from pulsehook_erased";

	private static final String AFTER = "select id from pulsehook_event where id > ? order by id limit ?";

	private final String ofContact;

	private final long span;

	private final Writer writer;

	private final Sweep sweep;

	private final FileSpace space;

	public Erasure(Dialect database, Writer writer, Sweep sweep, FileSpace space) {
		this.ofContact = database.ofContact("?", "?", "?") + " order by id limit ?";
		this.span = database.contactSpan();
		this.writer = writer;
		this.sweep = sweep;
		this.space = space;
	}

	/**
	 * Erases all events of a contact, of any source, and overwrites them in the files.
	 * What a handler is doing with one of them just now goes on; its outcome is refused.
	 * Events without a contact, as those that were not recognised, are not found. A hash
	 * of the id is kept, so that no reconciliation fetches the contact's messages again.
	 * @param contact the contact's id, as it was sent
	 * @param contactOf tells, as it was sent, the id of the contact of a body; asked only
	 * where another contact's events can be stored under the same id
	 * @return what was erased
	 * @throws InboxUnavailableException if nothing can be written; what was erased so far
	 * stays erased
	 */
	public Erased erase(String contact, Function<byte[], @Nullable String> contactOf) {
		Person person = new Person(contact, contactOf);
		Erased all = Erased.NOTHING;
		Long next = 0L;
		while (next != null) {
			Step step = eraseSome(person, next);
			all = all.plus(step.erased());
			next = step.next();
		}
		this.sweep.wakeBlocked();
		forgetReplays();
		forgetLog();
		return all;
	}

	/**
	 * Erases all events that were received after one, whosoever's they are, and all
	 * reconciliations, and forgets who was erased, so that a test leaves nothing to the
	 * next one. What a handler is doing with one of them just now goes on; its outcome is
	 * refused.
	 * @param event the id of the last event to keep, 0 to keep none
	 * @return what was erased
	 * @throws InboxUnavailableException if nothing can be written
	 */
	public Erased eraseAfter(long event) {
		Erased all = Erased.NOTHING;
		Erased some;
		do {
			some = this.writer.submitAndWait((session) -> eraseSomeAfter(session, event));
			all = all.plus(some);
		}
		while (some.events() > 0);
		return all;
	}

	private static Erased eraseSomeAfter(Transaction session, long event) throws SQLException {
		PreparedStatement statement = session.prepare(AFTER);
		statement.setLong(1, event);
		statement.setInt(2, Removal.MAX_EVENTS);
		Removal removal = new Removal(session);
		List<Long> fitting = removal.fitting(ids(statement));
		if (fitting.isEmpty()) {
			session.prepare(DELETE_RECONCILIATIONS).executeUpdate();
			session.prepare(FORGET_ERASED).executeUpdate();
			return Erased.NOTHING;
		}
		removal.prepare(DELETE_ORDERS, fitting).executeUpdate();
		session.arrivals().erase();
		return removal.remove(fitting);
	}

	// Erases from an id on, among so few ids and events that others get their commits.
	private Step eraseSome(Person person, long from) {
		return this.writer.submitAndWait((session) -> {
			if (from == 0) {
				ErasedContacts.remember(session, person.id());
				new Notes(session).deleteWith(person.id());
			}
			long lower = Math.max(from, session.number(FIRST));
			long last = session.number(LAST);
			long upper = (last - lower < this.span) ? last : lower + this.span - 1;
			Removal removal = new Removal(session);
			List<Long> events = events(session, person.storedId(), lower, upper);
			List<Long> fitting = removal.fitting(events);
			Erased erased = fitting.isEmpty() ? Erased.NOTHING : erase(session, removal, person, fitting);
			boolean more = events.size() == Removal.MAX_EVENTS || fitting.size() < events.size();
			long done = more ? fitting.get(fitting.size() - 1) : upper;
			return new Step(erased, (done < last) ? done + 1 : null);
		});
	}

	private static Erased erase(Transaction session, Removal removal, Person person, List<Long> events)
			throws SQLException {
		List<Long> own = person.own(session, events);
		removal.prepare(DELETE_ORDERS, own).executeUpdate();
		deleteNotes(session, removal, own);
		Erased erased = removal.remove(own);
		session.arrivals().erase();
		return erased.plus(new Erased(0, 0, 0, events.size() - own.size()));
	}

	// Deletes the notes about dead letters of this person: whoever wrote them may have
	// named it.
	private static void deleteNotes(Session session, Removal removal, List<Long> own) throws SQLException {
		Notes notes = new Notes(session);
		if (!own.isEmpty() && notes.exist()) {
			notes.deleteOf(removal.prepare(ERRORS, own));
		}
	}

	// Blanks the requests of replays, which can name the contact in their texts too.
	private void forgetReplays() {
		int blanked = 1;
		while (blanked > 0) {
			blanked = this.writer.submitAndWait(EndedReplays::blank);
		}
	}

	private List<Long> events(Session session, String contact, long lower, long upper) throws SQLException {
		PreparedStatement statement = session.prepare(this.ofContact);
		statement.setLong(1, lower);
		statement.setLong(2, upper);
		statement.setString(3, contact);
		statement.setInt(4, Removal.MAX_EVENTS);
		return ids(statement);
	}

	private static List<Long> ids(PreparedStatement statement) throws SQLException {
		List<Long> events = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				events.add(rows.getLong(1));
			}
		}
		return events;
	}

	// Empties the log, which still has the pages as they were before.
	private void forgetLog() {
		for (int i = 0; i < TRUNCATION_TRIES; i++) {
			if (this.space.truncateLog()) {
				return;
			}
		}
	}

	private record Step(Erased erased, @Nullable Long next) {

	}

}
