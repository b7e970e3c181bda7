package io.pulsehook.inbox.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.DeliveryPage.Cursor;
import io.pulsehook.inbox.write.Dialect;

/**
 * Searches the deliveries from the newest event on, a stretch at a time. It stops when a
 * page is full or enough deliveries were read, so that no search is slow.
 */
final class DeliverySearch {

	private static final int MAX_ROWS = 20_000;

	private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int STRETCH = 1_000;

	private final Dialect database;

	private final JdbcClient jdbc;

	DeliverySearch(Dialect database, JdbcClient jdbc) {
		this.database = database;
		this.jdbc = jdbc;
	}

	DeliveryPage page(Among among, @Nullable Cursor before, int limit, Predicate<StoredDelivery> wanted) {
		List<StoredDelivery> found = new ArrayList<>();
		long deadline = System.nanoTime() + MAX_NANOS;
		Cursor position = (before != null) ? before : new Cursor(Long.MAX_VALUE, "");
		for (int rows = 0; rows < MAX_ROWS && System.nanoTime() < deadline; rows += STRETCH) {
			List<StoredDelivery> stretch = stretch(among, position);
			for (StoredDelivery delivery : stretch) {
				if (found.size() == limit) {
					return new DeliveryPage(found, position);
				}
				position = new Cursor(delivery.eventId(), delivery.handler());
				if (wanted.test(delivery)) {
					found.add(delivery);
				}
			}
			if (stretch.size() < STRETCH) {
				return new DeliveryPage(found, null);
			}
		}
		return new DeliveryPage(found, position);
	}

	private List<StoredDelivery> stretch(Among among, Cursor before) {
		String from = (among == Among.UNFINISHED) ? this.database.unfinished() : "pulsehook_delivery d";
		return this.jdbc.sql("""
				select %s
				from %s join pulsehook_event e on e.id = d.event_id
				where %s and (d.event_id, d.handler) < (?, ?)
				order by d.event_id desc, d.handler desc limit %d
				""".formatted(StoredDeliveryMapper.COLUMNS, from, among.condition(), STRETCH))
			.param(before.eventId())
			.param(before.handler())
			.query(new StoredDeliveryMapper(new StoredAttempts(Map.of(), Map.of()), Map.of()))
			.list();
	}

}
