package io.pulsehook.inbox.postgresql;

import java.sql.SQLException;
import java.util.List;

import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.MinuteCount;
import io.pulsehook.inbox.write.Transaction;

/**
 * Adds all counts of a transaction with one statement, which runs with the commit.
 */
final class PostgresqlCounts {

	private static final String ADD = """
			insert into pulsehook_minute (minute, kind, type, service, result, events)
			select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[])
			""" + Dialect.ADD_TO_COUNT;

	private PostgresqlCounts() {
	}

	static void add(Transaction transaction, List<MinuteCount> counts) throws SQLException {
		PostgresqlArrays arrays = new PostgresqlArrays(transaction.connection());
		transaction.defer(BoundStatement.of(ADD, arrays.of("bigint", counts, MinuteCount::minute),
				arrays.of("text", counts, (count) -> count.kind().code()), arrays.of("text", counts, MinuteCount::type),
				arrays.of("text", counts, MinuteCount::service),
				arrays.of("text", counts, (count) -> count.result().code()),
				arrays.of("int", counts, MinuteCount::events)));
	}

}
