package io.pulsehook.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.DeliveryPage.Among;
import io.pulsehook.inbox.DeliveryPage.Cursor;

/**
 * Looks through the deliveries from the newest event on, until a page is full or enough
 * has been looked at.
 */
final class DeliverySearch {

	private static final int MAX_ROWS = 20_000;

	private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private final JdbcClient jdbc;

	DeliverySearch(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	DeliveryPage page(Among among, @Nullable Cursor before, int limit, Predicate<StoredDelivery> wanted) {
		ResultSetExtractor<DeliveryPage> extractor = (rows) -> collect(rows, limit, wanted);
		return this.jdbc.sql("""
				select d.event_id, d.handler, d.status, d.run, d.attempts, d.due_at, d.finished_at, d.last_error,
					e.received_at
				from pulsehook_delivery d %s join pulsehook_event e on e.id = d.event_id
				where %s and (d.event_id, d.handler) < (?, ?)
				order by d.event_id desc, d.handler desc limit %d
				""".formatted(among.index(), among.condition(), MAX_ROWS))
			.param((before != null) ? before.eventId() : Long.MAX_VALUE)
			.param((before != null) ? before.handler() : "")
			.query(extractor);
	}

	private DeliveryPage collect(ResultSet rows, int limit, Predicate<StoredDelivery> wanted) throws SQLException {
		List<StoredDelivery> found = new ArrayList<>();
		long deadline = System.nanoTime() + MAX_NANOS;
		StoredDelivery last = null;
		int seen = 0;
		while (rows.next()) {
			if (last != null && (found.size() == limit || System.nanoTime() > deadline)) {
				return new DeliveryPage(found, cursor(last));
			}
			last = StoredEvents.delivery(rows, List.of());
			seen++;
			if (wanted.test(last)) {
				found.add(last);
			}
		}
		return new DeliveryPage(found, (last != null && seen == MAX_ROWS) ? cursor(last) : null);
	}

	private static Cursor cursor(StoredDelivery delivery) {
		return new Cursor(delivery.eventId(), delivery.handler());
	}

}
