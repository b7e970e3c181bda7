package io.pulsehook.inbox;

import java.util.List;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.commit.Writer;
import io.pulsehook.inbox.model.BurstLimits;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.InboxUnavailableException;
import io.pulsehook.inbox.write.BurstWrite;
import io.pulsehook.inbox.write.DueDeliveryReader;
import io.pulsehook.inbox.write.Write;

/**
 * Knows which deliveries are handled together.
 */
final class Bursts {

	// The plan may have been made when there was hardly a row: "coalesce" keeps it from
	// the index of unfinished deliveries, which looks shorter then.
	private static final String MEMBERS = "select " + DueDeliveryReader.DELIVERY_COLUMNS
			+ """
					, coalesce(d.runner_id, 0) as runner_id, e.source, e.type, e.reason, e.received_at, e.arrived_at, e.trace, e.body,
						0 as interruptions
					from pulsehook_delivery d join pulsehook_event e on e.id = d.event_id
					where d.burst = ? and d.handler = ? and d.replay_id is null and coalesce(d.finished_at, -1) < 0
					order by d.position, d.event_id
					""";

	private final Writer writer;

	private final JdbcClient jdbc;

	Bursts(Writer writer, JdbcClient jdbc) {
		this.writer = writer;
		this.jdbc = jdbc;
	}

	/**
	 * Decides which deliveries are handled together with one, unless that was decided
	 * before. A delivery can have been left by an earlier burst, whose first delivery a
	 * replica of a former version has run alone: it then is the first of a new one.
	 * @param head the delivery as it was claimed
	 * @param limits how many are handled together
	 * @return that delivery and those that are handled with it, in their order; none if
	 * it is gone, or nothing can be written
	 */
	List<DueDelivery> of(DueDelivery head, BurstLimits limits) {
		if (!head.leadsBurst() && !write(new BurstWrite(head, limits))) {
			return List.of();
		}
		List<DueDelivery> members = members(head);
		boolean present = !members.isEmpty() && members.get(0).eventId() == head.eventId();
		return present ? members : List.of();
	}

	// Whoever reads may find out before the writer does that the server is gone.
	private List<DueDelivery> members(DueDelivery head) {
		try {
			return this.jdbc.sql(MEMBERS)
				.param(head.eventId())
				.param(head.handler())
				.query((row, number) -> DueDeliveryReader.read(row))
				.list();
		}
		catch (DataAccessException ex) {
			if (write((transaction) -> true)) {
				throw ex;
			}
			return List.of();
		}
	}

	// The handler has not been called yet, so that an outage is no failure of it.
	private boolean write(Write<Boolean> write) {
		try {
			return this.writer.submitAndWait(write);
		}
		catch (InboxUnavailableException ex) {
			if (this.writer.outage() == null) {
				throw ex;
			}
			return false;
		}
	}

}
