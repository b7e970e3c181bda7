package io.pulsehook.inbox.reconciliation;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.write.Session;

/**
 * The messages that reconciliations have found and that were never sent.
 */
public final class MissingMessages {

	/** Another reconciliation can have found the same message. */
	private static final String MARK = """
			update pulsehook_missing set event_id = ?, stored_at = ?
			where event_id is null and id in (
				select m.id from pulsehook_missing o join pulsehook_missing m on %s
				where o.id = ?)
			""".formatted(StoredMissing.SAME);

	private static final String OUTSTANDING = """
			select count(*) from pulsehook_missing o where o.event_id is null and %s
			""".formatted(StoredMissing.NEW);

	private static final String REMOVE = "delete from pulsehook_missing where id = ?";

	private final Writer writer;

	private final JdbcClient jdbc;

	MissingMessages(Writer writer, JdbcClient jdbc) {
		this.writer = writer;
		this.jdbc = jdbc;
	}

	/**
	 * Lists what a reconciliation has found.
	 * @param reconciliation its id
	 * @return the messages by contact, those of each in the order of their times
	 */
	public List<StoredMissing> of(long reconciliation) {
		return this.jdbc.sql(StoredMissing.OF_RECONCILIATION)
			.param(reconciliation)
			.query((row, number) -> StoredMissing.read(row))
			.list();
	}

	/**
	 * Counts what all reconciliations have found and nobody has stored.
	 * @return how many messages that are, each counted once
	 */
	public long outstanding() {
		return this.jdbc.sql(OUTSTANDING).query(Long.class).single();
	}

	/**
	 * Keeps which events messages were stored as, for all reconciliations that found
	 * them.
	 * @param events the id of the event by the id of the message
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void markStored(Map<Long, Long> events) {
		this.writer.submitAndWait((session) -> mark(session, events));
	}

	private static int mark(Session session, Map<Long, Long> events) throws SQLException {
		PreparedStatement statement = session.prepare(MARK);
		for (Map.Entry<Long, Long> message : events.entrySet()) {
			statement.setLong(1, message.getValue());
			statement.setLong(2, session.now().toEpochMilli());
			statement.setLong(3, message.getKey());
			statement.executeUpdate();
		}
		return events.size();
	}

	/**
	 * Removes messages that have arrived after all.
	 * @param messages the ids of the messages
	 * @throws InboxUnavailableException if it could not be stored
	 */
	public void remove(List<Long> messages) {
		this.writer.submitAndWait((session) -> remove(session, messages));
	}

	private static int remove(Session session, List<Long> messages) throws SQLException {
		PreparedStatement statement = session.prepare(REMOVE);
		for (long message : messages) {
			statement.setLong(1, message);
			statement.executeUpdate();
		}
		return messages.size();
	}

}
