package io.pulsehook.inbox.write;

import io.pulsehook.inbox.model.BurstLimits;

/**
 * Tells until when the head of a key waits for others that are handled together with it.
 * Such a head becomes due in two steps: its due time is moved to when it may run, if that
 * is later, and a claim takes it only if nothing has come since that makes it later
 * still.
 */
public final class BurstReadiness {

	private static final String READY_AT = """
			(select case when count(*) >= %1$d or sum(m.bytes) > %2$d then 0
				else min(m.received_at) + case when max(m.received_at) - min(m.received_at) + %3$d < %4$d
					then max(m.received_at) - min(m.received_at) + %3$d else %4$d end end
			from (
				select e.received_at, length(e.body) as bytes
				from pulsehook_delivery n join pulsehook_event e on e.id = n.event_id
				where n.handler = d.handler and n.ordering_key = d.ordering_key and n.finished_at is null
					and n.replay_id is null
				order by n.position limit %1$d) m)""";

	private static final String READY = """
			(d.ordering_key is null or coalesce(d.burst, 0) = d.event_id or %s <= d.due_at)""";

	private static final String UNDECIDED = """
			d.replay_id is null and d.ordering_key is not null and coalesce(d.burst, 0) <> d.event_id""";

	private BurstReadiness() {
	}

	/**
	 * Makes SQL that selects when a delivery {@code d} may run, in milliseconds since
	 * 1970: when its contact has been quiet for long enough or the delivery has waited
	 * for long enough, or 0 if there are as many or as large events as are handled
	 * together.
	 * @param limits how long deliveries wait
	 * @return the query in parentheses; the numbers are part of it, so that the planner
	 * knows how few rows are read
	 */
	public static String readyAt(BurstLimits limits) {
		return READY_AT.formatted(limits.maxEvents(), BurstLimits.MAX_BYTES, limits.quiet().toMillis(),
				limits.maxWait().toMillis());
	}

	/**
	 * Makes SQL for whether a delivery {@code d} waits for no others when it is due.
	 * @param limits how long deliveries wait
	 * @return the condition
	 */
	public static String isReady(BurstLimits limits) {
		return READY.formatted(readyAt(limits));
	}

	/**
	 * Makes SQL for whether it is still open what a delivery {@code d} is handled
	 * together with.
	 * @return the condition
	 */
	public static String isUndecided() {
		return UNDECIDED;
	}

}
