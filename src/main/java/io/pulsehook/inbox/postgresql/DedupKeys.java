package io.pulsehook.inbox.postgresql;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.IntakeTransaction;

/**
 * The keys by which events are stored, of which no two are equal. A bare element's key is
 * that of an event only if both arrived within the window: an older event gives the key
 * away. Elements that waited before they are stored may be older than an event that has
 * their key, and be several of an equal key, so that their arrivals are compared first.
 * To be used once.
 */
final class DedupKeys {

	// The planner finds the index by the array of keys beside the join, as
	// PostgresqlFinish explains.
	private static final String RELEASE = """
			update pulsehook_event e set dedup_key = e.dedup_key
				|| int8send(coalesce(e.arrived_at, e.received_at)) || int8send(e.id)
			from unnest(?::bytea[], ?::bigint[]) as o (dedup_key, arrived_before)
			where e.dedup_key = any (?::bytea[]) and e.dedup_key = o.dedup_key
				and coalesce(e.arrived_at, e.received_at) <= o.arrived_before
			""";

	// The order and the limit, which is never reached, keep the planner at the index.
	private static final String FIND = """
			select o.place, e.ending, e.arrival, e.has_key
			from unnest(?::bytea[], ?::bigint[], ?::bigint[]) with ordinality
				as o (dedup_key, earliest, latest, place)
			cross join lateral (
				select id as ending, coalesce(arrived_at, received_at) as arrival, true as has_key
				from pulsehook_event where dedup_key = o.dedup_key
				union all (
					select case when substr(dedup_key, octet_length(dedup_key) - 7) = int8send(id) then id else 0 end,
						coalesce(arrived_at, received_at), false
					from pulsehook_event
					where dedup_key > o.dedup_key || int8send(o.earliest) and dedup_key < o.dedup_key || int8send(o.latest)
					order by dedup_key limit 100000)
			) e
			""";

	private final IntakeTransaction transaction;

	private final List<IntakeElement> windowed;

	/** The keys that are not those of the elements themselves. */
	private Map<IntakeElement, byte[]> others = Map.of();

	DedupKeys(IntakeTransaction transaction, List<IntakeElement> elements) {
		this.transaction = transaction;
		this.windowed = elements.stream().filter((element) -> element.event().identity().windowed()).toList();
	}

	/**
	 * Returns the key by which an element is stored. To be called when the pipeline has
	 * them.
	 */
	byte[] of(IntakeElement element) {
		return this.others.getOrDefault(element, element.event().identity().key());
	}

	Array of(List<IntakeElement> elements) throws SQLException {
		return arrays().of("bytea", elements, this::of);
	}

	/**
	 * Adds the statement by which older events give away the keys of the elements.
	 * @param pipeline takes it, and is run before if elements waited
	 * @throws SQLException if the database fails
	 */
	void addTo(Pipeline pipeline) throws SQLException {
		if (this.windowed.isEmpty()) {
			return;
		}
		if (this.windowed.stream().anyMatch((element) -> element.event().arrivedAt() != null)) {
			compareArrivals(pipeline);
			return;
		}
		Array keys = of(this.windowed);
		pipeline.add(BoundStatement.of(RELEASE, keys,
				arrays().of("bigint", this.windowed,
						(element) -> this.transaction.now().minus(element.intake().dedupWindow()).toEpochMilli()),
				keys));
	}

	private void compareArrivals(Pipeline pipeline) throws SQLException {
		List<EqualElements> all = equalElements();
		pipeline.add(BoundStatement.of(FIND, arrays().of("bytea", all, EqualElements::key),
				arrays().of("bigint", all, EqualElements::earliest), arrays().of("bigint", all, EqualElements::latest)),
				(row) -> read(row, all.get(row.getInt("place") - 1)));
		pipeline.run();
		this.others = new IdentityHashMap<>();
		all.forEach((equal) -> this.others.putAll(equal.keys()));
		Array keys = arrays().of("bytea", all, EqualElements::key);
		pipeline.add(BoundStatement.of(RELEASE, keys, arrays().of("bigint", all, EqualElements::arrivedBefore), keys));
	}

	private List<EqualElements> equalElements() {
		Map<ByteBuffer, EqualElements> byKey = new LinkedHashMap<>();
		for (IntakeElement element : this.windowed) {
			byte[] key = element.event().identity().key();
			byKey.computeIfAbsent(ByteBuffer.wrap(key), (wrapped) -> new EqualElements(key, this.transaction.now()))
				.add(element);
		}
		return List.copyOf(byKey.values());
	}

	private static void read(ResultSet row, EqualElements equal) throws SQLException {
		equal.addStored(row.getLong("ending"), row.getLong("arrival"), row.getBoolean("has_key"));
	}

	private PostgresqlArrays arrays() {
		return new PostgresqlArrays(this.transaction.connection());
	}

}
