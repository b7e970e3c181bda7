package io.pulsehook.inbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases a person: the events of a contact, their deliveries and the error texts about
 * them, in small writes, so that intake goes on in between.
 */
public final class Erasure {

	/** Each waits for readers a moment; housekeeping does what is left. */
	private static final int TRUNCATION_TRIES = 10;

	private static final String DELETE_ORDERS = """
			delete from pulsehook_order
			where (ordering_key, event_id) in (select ordering_key, id from pulsehook_event where id in %s)
			""".formatted(Removal.IDS);

	// What an ended replay was asked for can name the contact.
	private static final String DELETE_REPLAYS = """
			delete from pulsehook_replay where status <> 'running' and replace(request, ?, '') <> request
			""";

	private final String ofContact;

	private final Writer writer;

	private final Sweep sweep;

	private final FileSpace space;

	Erasure(Database database, Writer writer, Sweep sweep, FileSpace space) {
		this.ofContact = database.ofContact("?", "0", String.valueOf(Long.MAX_VALUE)) + " order by id limit ?";
		this.writer = writer;
		this.sweep = sweep;
		this.space = space;
	}

	/**
	 * Erases all events of a contact, of any source, and overwrites them in the files.
	 * What a handler is doing with one of them just now goes on; its outcome is refused.
	 * Events without a contact, as those that were not recognised, are not found.
	 * @param contact the contact's id
	 * @return what was erased
	 * @throws InboxUnavailableException if nothing can be written; what was erased so far
	 * stays erased
	 */
	public Erased erase(String contact) {
		Erased all = Erased.NOTHING;
		Erased batch = eraseSome(contact);
		while (batch.events() > 0) {
			all = all.plus(batch);
			batch = eraseSome(contact);
		}
		this.sweep.wakeBlocked();
		forgetLog();
		return all;
	}

	private Erased eraseSome(String contact) {
		return this.writer.submitAndWait((session) -> {
			Removal removal = new Removal(session);
			List<Long> events = removal.fitting(events(session, contact));
			if (!events.isEmpty()) {
				removal.prepare(DELETE_ORDERS, events).executeUpdate();
			}
			Erased erased = removal.remove(events);
			deleteReplays(session, contact);
			session.arrivals().erase();
			return erased;
		});
	}

	private static void deleteReplays(Session session, String contact) throws SQLException {
		PreparedStatement statement = session.prepare(DELETE_REPLAYS);
		statement.setString(1, contact);
		statement.executeUpdate();
	}

	private List<Long> events(Session session, String contact) throws SQLException {
		PreparedStatement statement = session.prepare(this.ofContact);
		statement.setString(1, contact);
		statement.setInt(2, Removal.MAX_EVENTS);
		List<Long> events = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				events.add(rows.getLong(1));
			}
		}
		return events;
	}

	// The log still has the pages as they were before.
	private void forgetLog() {
		for (int i = 0; i < TRUNCATION_TRIES; i++) {
			if (this.space.truncateLog()) {
				return;
			}
		}
	}

}
