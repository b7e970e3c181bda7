package io.pulsehook.inbox.reconciliation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message that a reconciliation has found and that was never sent.
 *
 * @param id its id, 0 before it is stored here
 * @param source the source that it belongs to
 * @param service the code of the channel
 * @param bot the id of the bot
 * @param contact the id of the contact, as SendPulse has it
 * @param messageId the id that the messaging platform gave it, or {@code null}
 * @param rowId the id that SendPulse gave it, or {@code null}
 * @param at when SendPulse received it
 * @param text its text or caption, or {@code null}
 * @param body the element of a webhook that would have brought it, as JSON
 * @param comparedTo the id of the newest event when it was compared
 * @param event the id of the event that it was stored as, or {@code null}
 */
public record StoredMissing(long id, String source, String service, String bot, String contact,
		@Nullable String messageId, @Nullable String rowId, Instant at, @Nullable String text, String body,
		long comparedTo, @Nullable Long event) {

	static final String OF_RECONCILIATION = """
			select id, source, service, bot, contact, message_id, row_id, sent_at, text, body, compared_to, event_id
			from pulsehook_missing where reconciliation_id = ? order by contact, sent_at, id
			""";

	/** SQL that tells whether two reconciliations have found the same message. */
	static final String SAME = """
			m.sent_at = o.sent_at and m.contact = o.contact
				and case when o.row_id is not null then m.row_id = o.row_id else m.body = o.body end
			""";

	/** SQL that tells whether no earlier reconciliation has found a message. */
	static final String NEW = """
			not exists (select 1 from pulsehook_missing m where m.reconciliation_id < o.reconciliation_id and %s)
			""".formatted(SAME);

	static StoredMissing read(ResultSet row) throws SQLException {
		long event = row.getLong("event_id");
		Long eventId = row.wasNull() ? null : Long.valueOf(event);
		return new StoredMissing(row.getLong("id"), row.getString("source"), row.getString("service"),
				row.getString("bot"), row.getString("contact"), row.getString("message_id"), row.getString("row_id"),
				Instant.ofEpochMilli(row.getLong("sent_at")), row.getString("text"), row.getString("body"),
				row.getLong("compared_to"), eventId);
	}

	/**
	 * Leaves out what people wrote, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "StoredMissing[id=" + this.id + ", at=" + this.at + "]";
	}

}
