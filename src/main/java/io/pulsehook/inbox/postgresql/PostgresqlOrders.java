package io.pulsehook.inbox.postgresql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Dialect;
import io.pulsehook.inbox.write.Transaction;

/**
 * Remembers the latest state of each order with one statement for many events.
 */
final class PostgresqlOrders {

	private static final String UPDATE = """
			insert into pulsehook_order (ordering_key, event_id, updated_at, status_rank, ranked_event_id)
			select distinct on (ordering_key) ordering_key, event_id, updated_at, status_rank, event_id
			from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::int[])
				as o (ordering_key, event_id, updated_at, status_rank)
			order by ordering_key, updated_at desc, status_rank desc, event_id desc
			""" + Dialect.KEEP_LATER_ORDER;

	private final Transaction transaction;

	private final List<State> states = new ArrayList<>();

	PostgresqlOrders(Transaction transaction) {
		this.transaction = transaction;
	}

	/** Adds a stored event, if it tells the state of an order. */
	void add(long id, NewEvent event) {
		if (event.isOrderState() && event.orderingKey() != null) {
			this.states.add(new State(event.orderingKey(), id, event.occurredAt(this.transaction.now()).toEpochMilli(),
					event.statusRank()));
		}
	}

	void write() throws SQLException {
		if (this.states.isEmpty()) {
			return;
		}
		PostgresqlArrays arrays = new PostgresqlArrays(this.transaction.connection());
		this.transaction.defer(BoundStatement.of(UPDATE, arrays.of("bigint", this.states, State::orderingKey),
				arrays.of("bigint", this.states, State::eventId), arrays.of("bigint", this.states, State::updatedAt),
				arrays.of("int", this.states, State::statusRank)));
	}

	private record State(long orderingKey, long eventId, long updatedAt, int statusRank) {

	}

}
