package io.pulsehook.inbox.postgresql;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.NewEvent;
import io.pulsehook.inbox.model.Subscription;
import io.pulsehook.inbox.write.Intake;
import io.pulsehook.inbox.write.IntakeTransaction;
import io.pulsehook.inbox.write.KeyQueue;

/**
 * Stores the events of many requests with one statement, together with a delivery for
 * each handler that takes them: on the way to a server, each statement costs.
 */
final class PostgresqlIntake {

	// The planner finds the index by the array of keys beside the join, as
	// PostgresqlFinish explains.
	private static final String RELEASE_KEYS = """
			update pulsehook_event e set dedup_key = null
			from unnest(?::bytea[], ?::bigint[]) as o (dedup_key, received_before)
			where e.dedup_key = any (?::bytea[]) and e.dedup_key = o.dedup_key and e.received_at <= o.received_before
			""";

	// The first event of a key is due at once, unless an earlier one is unfinished. The
	// statement asks for that key by key, since for "not exists" the planner might read
	// all of them. A delivery that is due and has a credit is claimed for this runner
	// from the beginning, if the runner is still registered and the handler is neither
	// paused nor resting: none of this can change while it is this process's turn to
	// write.
	private static final String STORE = """
			with incoming as materialized (
				select nextval('pulsehook_event_id_seq') as id, i.*
				from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
					?::bytea[], ?::bigint[], ?::text[], ?::bytea[], ?::text[]) with ordinality
					as i (source, kind, type, title, service, bot, contact, ordering_key,
						dedup_key, occurred_at, reason, body, trace, place)
			), stored as (
				insert into pulsehook_event (id, source, kind, type, title, service, bot, contact, ordering_key,
					dedup_key, occurred_at, received_at, reason, body, trace)
				select id, source, kind, type, title, service, bot, contact, ordering_key,
					dedup_key, occurred_at, ?, reason, body, trace
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
			select p.id, p.place, d.handler, d.ordering_key, d.runner_id
			from placed p left join delivered d on d.event_id = p.id
			order by p.place, d.handler
			"""
		.formatted(KeyQueue.unfinished("event_id", "f.handler", "f.ordering_key"));

	private static final String COUNT_DUPLICATES = """
			update pulsehook_event e set duplicates = e.duplicates + o.times
			from (select dedup_key, count(*) as times from unnest(?::bytea[]) as u (dedup_key) group by dedup_key) o
			where e.dedup_key = any (?::bytea[]) and e.dedup_key = o.dedup_key
			""";

	/** Larger events are not sent ahead, since many of them would fill the memory. */
	private static final int LARGEST_BYTES = 16 * 1024;

	private final IntakeTransaction transaction;

	private final long runner;

	PostgresqlIntake(IntakeTransaction transaction, long runner) {
		this.transaction = transaction;
		this.runner = runner;
	}

	void store(List<Intake> intakes) throws SQLException {
		List<Element> elements = intakes.stream()
			.flatMap((intake) -> intake.events().stream().map((event) -> new Element(intake, event)))
			.toList();
		if (elements.isEmpty()) {
			return;
		}
		releaseOldKeys(elements);
		Map<Integer, Long> ids = insert(elements);
		List<Element> duplicates = new ArrayList<>();
		PostgresqlOrders orders = new PostgresqlOrders(this.transaction);
		for (int i = 0; i < elements.size(); i++) {
			Element element = elements.get(i);
			Long id = ids.get(i);
			if (id == null) {
				this.transaction.repeated(element.intake(), element.event());
				duplicates.add(element);
			}
			else {
				this.transaction.accepted(element.intake(), element.event());
				orders.add(id, element.event());
			}
		}
		countDuplicates(duplicates);
		orders.write();
	}

	private void releaseOldKeys(List<Element> elements) throws SQLException {
		List<Element> windowed = elements.stream().filter((element) -> element.event().identity().windowed()).toList();
		if (windowed.isEmpty()) {
			return;
		}
		PreparedStatement statement = this.transaction.prepare(RELEASE_KEYS);
		Array keys = bytes(windowed, (element) -> element.event().identity().key());
		statement.setArray(1, keys);
		statement.setArray(2, array("bigint", windowed,
				(element) -> this.transaction.now().minus(element.intake().dedupWindow()).toEpochMilli()));
		statement.setArray(3, keys);
		statement.executeUpdate();
	}

	// Returns the ids of the events that had not been stored before, by their index among
	// the elements.
	private Map<Integer, Long> insert(List<Element> elements) throws SQLException {
		long now = this.transaction.now().toEpochMilli();
		PreparedStatement statement = this.transaction.prepare(STORE);
		statement.setArray(1, text(elements, NewEvent::source));
		statement.setArray(2, text(elements, (event) -> event.kind().code()));
		statement.setArray(3, text(elements, NewEvent::type));
		statement.setArray(4, text(elements, NewEvent::title));
		statement.setArray(5, text(elements, NewEvent::service));
		statement.setArray(6, text(elements, NewEvent::bot));
		statement.setArray(7, text(elements, NewEvent::contact));
		statement.setArray(8, array("bigint", elements, (element) -> element.event().orderingKey()));
		statement.setArray(9, bytes(elements, (element) -> element.event().identity().key()));
		statement.setArray(10, array("bigint", elements,
				(element) -> element.event().occurredAt(this.transaction.now()).toEpochMilli()));
		statement.setArray(11, text(elements, NewEvent::reason));
		statement.setArray(12, bytes(elements, (element) -> element.event().body()));
		statement.setArray(13, array("text", elements, (element) -> element.intake().trace()));
		statement.setLong(14, now);
		statement.setLong(15, now);
		statement.setLong(16, this.runner);
		setReceivers(statement, elements);
		Map<Integer, Long> ids = new HashMap<>();
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				int element = row.getInt("place") - 1;
				ids.put(element, row.getLong("id"));
				deliver(row, elements.get(element));
			}
		}
		return ids;
	}

	private void setReceivers(PreparedStatement statement, List<Element> elements) throws SQLException {
		List<Receiver> receivers = new ArrayList<>();
		Map<String, Integer> credits = new HashMap<>();
		for (int i = 0; i < elements.size(); i++) {
			NewEvent event = elements.get(i).event();
			for (Subscription subscription : this.transaction.subscriptions().to(event)) {
				int left = credits.computeIfAbsent(subscription.handler(), this.transaction::creditsFor);
				credits.put(subscription.handler(), left - 1);
				receivers.add(new Receiver(i + 1, subscription, left > 0 && isSmall(elements.get(i))));
			}
		}
		statement.setArray(17, array("int", receivers, Receiver::place));
		statement.setArray(18, array("text", receivers, (receiver) -> receiver.subscription().handler()));
		statement.setArray(19, array("boolean", receivers, (receiver) -> receiver.subscription().ordered()));
		statement.setArray(20, array("boolean", receivers, Receiver::hasCredit));
	}

	private static boolean isSmall(Element element) {
		return element.event().body().length <= LARGEST_BYTES;
	}

	private void deliver(ResultSet row, Element element) throws SQLException {
		String handler = row.getString("handler");
		if (handler == null) {
			return;
		}
		if (row.getObject("runner_id") == null) {
			this.transaction.arrivals().due(handler);
			return;
		}
		this.transaction.handOver(DueDelivery.stored(row.getLong("id"), handler, (Long) row.getObject("ordering_key"),
				this.runner, element.event(), this.transaction.now(), element.intake().trace()));
	}

	private void countDuplicates(List<Element> duplicates) throws SQLException {
		if (!duplicates.isEmpty()) {
			PreparedStatement statement = this.transaction.prepare(COUNT_DUPLICATES);
			Array keys = bytes(duplicates, (element) -> element.event().identity().key());
			statement.setArray(1, keys);
			statement.setArray(2, keys);
			statement.executeUpdate();
		}
	}

	private Array text(List<Element> elements, Function<NewEvent, @Nullable String> column) throws SQLException {
		return array("text", elements, (element) -> column.apply(element.event()));
	}

	private <E> Array array(String type, List<E> elements, Function<E, @Nullable Object> column) throws SQLException {
		return new PostgresqlArrays(this.transaction.connection()).of(type, elements, column);
	}

	private Array bytes(List<Element> elements, Function<Element, byte[]> column) throws SQLException {
		return array("bytea", elements, column::apply);
	}

	private record Element(Intake intake, NewEvent event) {

	}

	private record Receiver(int place, Subscription subscription, boolean hasCredit) {

	}

}
