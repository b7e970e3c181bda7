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

	private final String inboxId;

	DeliverySearch(JdbcClient jdbc, String inboxId) {
		this.jdbc = jdbc;
		this.inboxId = inboxId;
	}

	DeliveryPage page(Among among, @Nullable Cursor before, int limit, Predicate<StoredDelivery> wanted) {
		ResultSetExtractor<DeliveryPage> extractor = (rows) -> collect(rows, limit, wanted);
		return this.jdbc.sql("""
				select event_id, handler, status, run, attempts, due_at, finished_at, last_error
				from pulsehook_delivery
				where %s and (event_id, handler) < (?, ?)
				order by event_id desc, handler desc limit %d
				""".formatted(among.condition(), MAX_ROWS))
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
			last = StoredEvents.delivery(rows, this.inboxId, List.of());
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
