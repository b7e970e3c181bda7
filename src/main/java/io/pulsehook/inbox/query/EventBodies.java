package io.pulsehook.inbox.query;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the bytes of events as they were received.
 */
final class EventBodies {

	private static final String BODIES = """
			select e.id, e.body from pulsehook_event e where e.id in (:events) and length(e.body) <= :largest
			""";

	private final JdbcClient jdbc;

	EventBodies(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<byte[]> find(long id) {
		return this.jdbc.sql("select body from pulsehook_event where id = ?")
			.param(id)
			.query((row, number) -> row.getBytes(1))
			.optional();
	}

	Map<Long, byte[]> find(Collection<Long> events, int largest) {
		ResultSetExtractor<Map<Long, byte[]>> extractor = (rows) -> {
			Map<Long, byte[]> bodies = new HashMap<>();
			while (rows.next()) {
				bodies.put(rows.getLong("id"), rows.getBytes("body"));
			}
			return bodies;
		};
		return this.jdbc.sql(BODIES).param("events", events).param("largest", largest).query(extractor);
	}

}
