package io.pulsehook.inbox.reconciliation;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.Transaction;
import io.pulsehook.inbox.write.Write;

/**
 * Takes a reconciliation that runs, or keeps it, for some time. Leases go by the clock of
 * the database, which all processes share. A process that has its database to itself
 * takes what an earlier one left at once.
 *
 * @param id the reconciliation
 * @param runner this process
 * @param length how long the lease lasts
 * @param time SQL for the time of the database in milliseconds
 * @param alone whether no other process can hold it
 */
record LeaseWrite(long id, String runner, Duration length, String time, boolean alone) implements Write<Boolean> {

	private static final String TAKE = """
			update pulsehook_reconciliation set runner = ?, lease_until = %1$s + ?
			where id = ? and status = 'running' and (? or runner is null or runner = ? or lease_until < %1$s)
			""";

	static LeaseWrite of(Dialect database, long id, String runner, Duration length) {
		return new LeaseWrite(id, runner, length, database.isShared()
				? "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)" : "unixepoch() * 1000",
				!database.isShared());
	}

	@Override
	public Boolean apply(Transaction session) throws SQLException {
		PreparedStatement statement = session.prepare(TAKE.formatted(this.time));
		statement.setString(1, this.runner);
		statement.setLong(2, this.length.toMillis());
		statement.setLong(3, this.id);
		statement.setBoolean(4, this.alone);
		statement.setString(5, this.runner);
		return statement.executeUpdate() == 1;
	}

}
