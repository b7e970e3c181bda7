package io.pulsehook.inbox.reconciliation;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.write.Session;
import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;

/**
 * Writes how far a reconciliation has come and what it found on the way, unless this
 * process has lost it to another one. Nothing is kept of contacts that were erased
 * meanwhile. The schedule leaves out what an earlier reconciliation has reported.
 *
 * @param id the reconciliation
 * @param lease renews the lease and tells whether it was held
 * @param contacts how many contacts were compared since it was written last
 * @param cursor what it goes on after
 * @param found what was found since then
 */
record AdvanceWrite(long id, LeaseWrite lease, int contacts, String cursor,
		List<StoredMissing> found) implements Write<Boolean> {

	private static final String ADVANCE = """
			update pulsehook_reconciliation set contacts = contacts + ?, cursor = ? where id = ?
			""";

	private static final String INSERT = """
			insert into pulsehook_missing (reconciliation_id, source, service, bot, contact, message_id, row_id,
				sent_at, text, body, compared_to)
			select r.id, cast(? as text), cast(? as text), cast(? as text), cast(? as text), cast(? as text),
				cast(? as text), cast(? as bigint), cast(? as text), cast(? as text), cast(? as bigint)
			from pulsehook_reconciliation r
			where r.id = ?
				and not exists (select 1 from pulsehook_erased where contact_hash = ?)
				and not exists (
					select 1 from pulsehook_missing m
					where (m.reconciliation_id = r.id or r.scheduled = 1) and m.contact = ? and m.sent_at = ?
						and case when m.row_id is not null then m.row_id = ? else m.body = ? end)
			""";

	@Override
	public Boolean apply(Transaction session) throws SQLException {
		if (!this.lease.apply(session)) {
			return false;
		}
		for (StoredMissing message : this.found) {
			insert(session, message);
		}
		PreparedStatement statement = session.prepare(ADVANCE);
		statement.setInt(1, this.contacts);
		statement.setString(2, this.cursor);
		statement.setLong(3, this.id);
		statement.executeUpdate();
		return true;
	}

	private void insert(Session session, StoredMissing message) throws SQLException {
		PreparedStatement statement = session.prepare(INSERT);
		statement.setString(1, message.source());
		statement.setString(2, message.service());
		statement.setString(3, Columns.safe(message.bot()));
		statement.setString(4, Columns.safe(message.contact()));
		statement.setString(5, Columns.safe(message.messageId()));
		statement.setString(6, Columns.safe(message.rowId()));
		statement.setLong(7, message.at().toEpochMilli());
		statement.setString(8, message.text());
		statement.setString(9, message.body());
		statement.setLong(10, message.comparedTo());
		statement.setLong(11, this.id);
		statement.setBytes(12, ErasedContacts.hash(message.contact()));
		statement.setString(13, Columns.safe(message.contact()));
		statement.setLong(14, message.at().toEpochMilli());
		statement.setString(15, Columns.safe(message.rowId()));
		statement.setString(16, message.body());
		statement.executeUpdate();
	}

}
