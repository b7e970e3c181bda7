package io.pulsehook.inbox.postgresql;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.IntakeTransaction;
import io.pulsehook.inbox.write.KeyQueue;

/**
 * The statement that stores many events, those that are new, together with a delivery for
 * each handler that takes them. To be used once.
 */
final class EventInsert {

	/**
	 * How far the last event may have been received after this one. More than that means
	 * that the server's clock was set back.
	 */
	private static final int LATER_MILLIS = 10_000;

	// The clock was read before it was this process's turn to write, and that of another
	// replica may differ a little, but ids and times of receipt have to grow together:
	// lists look for ids by time.
	//
	// Nothing is stored for receivers of another version of the subscriptions than the
	// present one.
	//
	// The first event of a key is due at once, unless an earlier one is unfinished. The
	// statement asks for that key by key, since for "not exists" the planner might read
	// all of them. A delivery that is due and has a credit is claimed for this runner
	// from the beginning, if the runner is still registered and the handler is neither
	// paused nor resting: none of this can change while it is this process's turn to
	// write.
	private static final String STORE = """
			with moment as (
				select greatest(m.now, case when l.received_at - m.now < %d then l.received_at end) as received_at
				from (select cast(? as bigint) as now) m
				left join (select received_at from pulsehook_event order by id desc limit 1) l on true
			), incoming as materialized (
				select nextval('pulsehook_event_id_seq') as id, i.*
				from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
					?::bytea[], ?::bigint[], ?::bigint[], ?::text[], ?::bytea[], ?::text[]) with ordinality
					as i (source, kind, type, title, service, bot, contact, ordering_key,
						dedup_key, occurred_at, arrived_at, reason, body, trace, place)
				where cast(? as bigint) in (-1, (select version from pulsehook_turn))
			), stored as (
				insert into pulsehook_event (id, source, kind, type, title, service, bot, contact, ordering_key,
					dedup_key, occurred_at, received_at, arrived_at, reason, body, trace)
				select id, source, kind, type, title, service, bot, contact, ordering_key,
					dedup_key, occurred_at, (select received_at from moment), arrived_at, reason, body, trace
				from incoming order by id
				on conflict (dedup_key) do nothing
				returning id
			), placed as materialized (
				select i.id, i.place, i.ordering_key from incoming i join stored s on s.id = i.id
			), delivered as (
				insert into pulsehook_delivery (event_id, handler, ordering_key, position, status, due_at, runner_id)
				select n.id, n.handler, n.ordering_key, 2 * n.id, 'pending', case when n.due then ? end,
					case when n.due and n.has_place
						and n.handler <> all (array(select id from pulsehook_handler where paused = 1 or rest_until is not null))
					then (select id from pulsehook_runner where id = ?) end
				from (
					select f.*, f.ordering_key is null or (f.nth = 1 and (%s limit 1) is null) as due
					from (
						select r.*, row_number() over (partition by r.handler, r.ordering_key order by r.id) as nth
						from (
							select p.id, w.handler, w.has_place,
								case when w.ordered then p.ordering_key end as ordering_key
							from unnest(?::int[], ?::text[], ?::boolean[], ?::boolean[])
								as w (place, handler, ordered, has_place)
							join placed p on p.place = w.place) r) f
					offset 0) n
				order by n.id, n.handler
				returning event_id, handler, ordering_key, runner_id
			)
			select p.id, p.place, array_position(?::text[], d.handler) as handler, d.ordering_key, d.runner_id,
				(select received_at from moment) as received_at
			from placed p left join delivered d on d.event_id = p.id
			order by p.place, d.handler
			"""
		.formatted(LATER_MILLIS, KeyQueue.unfinished("event_id", "f.handler", "f.ordering_key"));

	/** Larger events are not sent ahead, since many of them would fill the memory. */
	private static final int LARGEST_BYTES = 16 * 1024;

	/** Stands for any version of the subscriptions. */
	static final long ANY_VERSION = -1;

	private final IntakeTransaction transaction;

	private final long version;

	private final long runner;

	private final List<IntakeElement> elements;

	private final DedupKeys keys;

	private final List<Receiver> receivers = new ArrayList<>();

	/** The handlers that receive any of the events, each once. */
	private final List<String> handlers;

	private final Map<Integer, Long> ids = new HashMap<>();

	/**
	 * Prepares the statement.
	 * @param transaction what it belongs to
	 * @param version the version of the subscriptions that it goes by, or
	 * {@link #ANY_VERSION} if they cannot change any more
	 * @param runner claims what is handed over
	 * @param elements the events to store
	 * @param keys the keys by which they are stored
	 */
	EventInsert(IntakeTransaction transaction, long version, long runner, List<IntakeElement> elements,
			DedupKeys keys) {
		this.transaction = transaction;
		this.version = version;
		this.runner = runner;
		this.elements = elements;
		this.keys = keys;
		findReceivers();
		this.handlers = this.receivers.stream().map(Receiver::handler).distinct().toList();
	}

	private void findReceivers() {
		Map<String, Integer> credits = new HashMap<>();
		for (int i = 0; i < this.elements.size(); i++) {
			IntakeElement element = this.elements.get(i);
			for (Subscription subscription : this.transaction.subscriptions().to(element.event())) {
				int left = credits.computeIfAbsent(subscription.handler(), this.transaction::creditsFor);
				credits.put(subscription.handler(), left - 1);
				this.receivers.add(new Receiver(i + 1, subscription, left > 0 && element.bytes() <= LARGEST_BYTES));
			}
		}
	}

	BoundStatement statement() throws SQLException {
		long now = this.transaction.now().toEpochMilli();
		return BoundStatement.of(STORE, now, text(NewEvent::source), text((event) -> event.kind().code()),
				text(NewEvent::type), text(NewEvent::title), text(NewEvent::service), text(NewEvent::bot),
				text(NewEvent::contact), column("bigint", (element) -> element.event().orderingKey()),
				column("bytea", this.keys::of),
				column("bigint", (element) -> element.event().occurredAt(this.transaction.now()).toEpochMilli()),
				column("bigint", EventInsert::arrivedAt), text(NewEvent::reason),
				column("bytea", (element) -> element.event().body()),
				column("text", (element) -> element.intake().trace()), this.version, now, this.runner,
				array("int", this.receivers, Receiver::place), array("text", this.receivers, Receiver::handler),
				array("boolean", this.receivers, (receiver) -> receiver.subscription().ordered()),
				array("boolean", this.receivers, Receiver::hasCredit),
				array("text", this.handlers, (handler) -> handler));
	}

	private static @Nullable Long arrivedAt(IntakeElement element) {
		Instant arrivedAt = element.event().arrivedAt();
		return (arrivedAt != null) ? arrivedAt.toEpochMilli() : null;
	}

	private Array text(Function<NewEvent, @Nullable String> value) throws SQLException {
		return column("text", (element) -> value.apply(element.event()));
	}

	private Array column(String type, Function<IntakeElement, @Nullable Object> value) throws SQLException {
		return array(type, this.elements, value);
	}

	private <E> Array array(String type, List<E> rows, Function<E, @Nullable Object> value) throws SQLException {
		return new PostgresqlArrays(this.transaction.connection()).of(type, rows, value);
	}

	/**
	 * Reads a row of the result: an event that was stored, with one of its deliveries if
	 * it has any.
	 * @param row the row
	 * @throws SQLException if it cannot be read
	 */
	void read(ResultSet row) throws SQLException {
		int element = row.getInt("place") - 1;
		this.ids.put(element, row.getLong("id"));
		if (row.getObject("handler") != null) {
			deliver(row, this.handlers.get(row.getInt("handler") - 1), this.elements.get(element));
		}
	}

	private void deliver(ResultSet row, String handler, IntakeElement element) throws SQLException {
		if (row.getObject("runner_id") == null) {
			this.transaction.arrivals().due(handler);
			return;
		}
		this.transaction
			.handOver(DueDelivery.stored(row.getLong("id"), handler, (Long) row.getObject("ordering_key"), this.runner,
					element.event(), Instant.ofEpochMilli(row.getLong("received_at")), element.intake().trace()));
	}

	/**
	 * Returns the id of an event that was stored.
	 * @param element its place among all
	 * @return its id, or {@code null} if it had been stored before
	 */
	@Nullable Long id(int element) {
		return this.ids.get(element);
	}

	private record Receiver(int place, Subscription subscription, boolean hasCredit) {

		String handler() {
			return this.subscription.handler();
		}

	}

}
