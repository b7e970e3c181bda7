package io.pulsehook.inbox.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.write.Dialect;

/**
 * Reads the messages of single contacts that were received.
 */
public final class ContactMessages {

	/** How much earlier than it was written a message may seem to have been received. */
	private static final Duration SKEW = Duration.ofHours(1);

	private static final String FIRST_SINCE = """
			select id from pulsehook_event where received_at >= ? order by received_at, id limit 1
			""";

	private static final String NEWEST = "select coalesce(max(id), 0) from pulsehook_event";

	private static final String ERASED = "select count(*) from pulsehook_erased where contact_hash = ?";

	private final JdbcClient jdbc;

	private final String messages;

	ContactMessages(Dialect database, JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.messages = """
				select e.id, e.occurred_at, e.body from pulsehook_event e
				where e.id in (%s) and e.type = 'IncomingMessage'
					and e.occurred_at >= :from and e.occurred_at <= :to
				order by e.id
				""".formatted(database.ofContact(":lower", ":upper", ":contact"));
	}

	/**
	 * Returns the id from which on events can be messages of a time.
	 * @param from the beginning of that time
	 * @return the lowest id, to be asked for with {@link #of}
	 */
	public long firstSince(Instant from) {
		return this.jdbc.sql(FIRST_SINCE)
			.param(from.minus(SKEW).toEpochMilli())
			.query(Long.class)
			.optional()
			.orElseGet(() -> newest() + 1);
	}

	/**
	 * Returns the id of the newest event.
	 * @return the id, 0 if there is none
	 */
	public long newest() {
		return this.jdbc.sql(NEWEST).query(Long.class).single();
	}

	/**
	 * Reads the messages that a contact wrote within some time.
	 * @param contact the contact's id, as it was sent
	 * @param first the id of the first event to look at
	 * @param from the beginning of the time
	 * @param to the end of the time, which belongs to it
	 * @return the messages, in the order of their receipt
	 */
	public List<StoredMessage> of(String contact, long first, Instant from, Instant to) {
		return this.jdbc.sql(this.messages)
			.param("lower", first)
			.param("upper", newest())
			.param("contact", Columns.safe(contact))
			.param("from", from.toEpochMilli())
			.param("to", to.toEpochMilli())
			.query((row, number) -> new StoredMessage(row.getLong("id"),
					Instant.ofEpochMilli(row.getLong("occurred_at")), row.getBytes("body")))
			.list();
	}

	/**
	 * Tells whether a contact was erased.
	 * @param contact the contact's id, as it was sent
	 * @return {@code true} if its messages must not be stored again
	 */
	public boolean isErased(String contact) {
		return this.jdbc.sql(ERASED).param(ErasedContacts.hash(contact)).query(Long.class).single() > 0;
	}

}
