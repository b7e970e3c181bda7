package io.pulsehook.inbox.reconciliation;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;

/**
 * Ends a reconciliation, unless this process has lost it to another one. The cursor
 * stays, since it says what the next one has to compare again.
 *
 * @param id the reconciliation
 * @param lease tells whether it was held
 * @param status the word that stands for its status from now on
 * @param error why it could not go on, or what it could not compare, or {@code null}
 */
record EndWrite(long id, LeaseWrite lease, String status, @Nullable String error) implements Write<Boolean> {

	private static final String END = """
			update pulsehook_reconciliation
			set status = ?, error = ?, finished_at = ?, runner = null, lease_until = null
			where id = ?
			""";

	@Override
	public Boolean apply(Transaction session) throws SQLException {
		if (!this.lease.apply(session)) {
			return false;
		}
		PreparedStatement statement = session.prepare(END);
		statement.setString(1, this.status);
		statement.setString(2, this.error);
		statement.setLong(3, session.now().toEpochMilli());
		statement.setLong(4, this.id);
		statement.executeUpdate();
		return true;
	}

}
