package io.pulsehook.inbox.reconciliation;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When contacts were erased.
 */
public final class ErasureTimes {

	private static final String SINCE = "select contact_hash, erased_at from pulsehook_erased where erased_at >= ?";

	private final Map<ByteBuffer, Long> times = new HashMap<>();

	private ErasureTimes() {
	}

	static ErasureTimes since(JdbcClient jdbc, Instant time) {
		return jdbc.sql(SINCE).param(time.toEpochMilli()).query(ErasureTimes::read);
	}

	private static ErasureTimes read(ResultSet rows) throws SQLException {
		ErasureTimes erasures = new ErasureTimes();
		while (rows.next()) {
			erasures.times.put(ByteBuffer.wrap(rows.getBytes("contact_hash")), rows.getLong("erased_at"));
		}
		return erasures;
	}

	/**
	 * Tells whether nobody was erased.
	 * @return {@code true} if so
	 */
	public boolean isEmpty() {
		return this.times.isEmpty();
	}

	/**
	 * Tells whether a contact was erased at some time or later.
	 * @param contact the contact's id, as it was sent
	 * @param time the time, not before the one from which on these were read
	 * @return {@code true} if so
	 */
	public boolean isErasedSince(String contact, Instant time) {
		Long erasedAt = this.times.get(ByteBuffer.wrap(ErasedContacts.hash(contact)));
		return erasedAt != null && erasedAt >= time.toEpochMilli();
	}

}
