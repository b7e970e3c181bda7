package io.pulsehook.inbox.upkeep;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.write.Session;

/**
 * A contact whose events are to be found, but not those of other contacts that are stored
 * under the same id.
 *
 * @param id the contact's id as it was sent
 * @param storedId the id as it is stored, which other ids can be as well
 * @param contactOf tells the id of the contact of a body, as it was sent
 */
record Person(String id, String storedId, Function<byte[], @Nullable String> contactOf) {

	private static final String BODY = "select body from pulsehook_event where id = ?";

	Person(String id, Function<byte[], @Nullable String> contactOf) {
		this(id, Columns.safe(id), contactOf);
	}

	/**
	 * Finds the events of this contact.
	 * @param session the transaction
	 * @param events ids of events that are stored under the stored id
	 * @return those of them that are this contact's
	 * @throws SQLException if the database fails
	 */
	List<Long> own(Session session, List<Long> events) throws SQLException {
		if (!Columns.isAmbiguous(this.storedId)) {
			return events;
		}
		List<Long> own = new ArrayList<>();
		for (long event : events) {
			if (this.id.equals(contact(session, event))) {
				own.add(event);
			}
		}
		return own;
	}

	private @Nullable String contact(Session session, long event) throws SQLException {
		PreparedStatement statement = session.prepare(BODY);
		statement.setLong(1, event);
		try (ResultSet row = statement.executeQuery()) {
			return row.next() ? this.contactOf.apply(row.getBytes(1)) : null;
		}
	}

}
