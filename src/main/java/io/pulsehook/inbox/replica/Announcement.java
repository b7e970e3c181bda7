package io.pulsehook.inbox.replica;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.inbox.model.Arrivals;
import io.pulsehook.inbox.write.BoundStatement;
import io.pulsehook.inbox.write.Transaction;

/**
 * What a replica tells the others about a commit. The server delivers it when the
 * transaction is committed, and never otherwise.
 *
 * @param due the handlers with deliveries that may have become due
 * @param states whether the state of a handler has changed; replicas of a former version
 * know this as whether one was paused or resumed
 * @param erased whether somebody was erased
 */
public record Announcement(Set<String> due, @JsonProperty("paused") boolean states, boolean erased) {

	static final String CHANNEL = "pulsehook";

	private static final String NOTIFY = "select pg_notify('" + CHANNEL + "', ?)";

	/** The server refuses a notification of 8,000 bytes or more. */
	private static final int LIMIT_BYTES = 7_900;

	private static final JsonMapper json = JsonMapper.shared();

	/** Fills in what a later version may leave out. */
	public Announcement {
		due = (due != null) ? due : Set.of();
	}

	/**
	 * Tells the other replicas what a transaction brings, unless it is nothing to them.
	 * @param transaction sends it with its commit
	 */
	public static void send(Transaction transaction) {
		Announcement announcement = of(transaction.arrivals());
		if (!announcement.due.isEmpty() || announcement.states || announcement.erased) {
			transaction.defer(BoundStatement.of(NOTIFY, announcement.text()));
		}
	}

	private static Announcement of(Arrivals arrivals) {
		return new Announcement(arrivals.handlers(), !arrivals.states().isEmpty(), arrivals.erased());
	}

	/**
	 * Reads what another replica sent.
	 * @param text the notification
	 * @return the announcement, or {@code null} if a replica of another version sent
	 * something that this one does not understand
	 */
	static @Nullable Announcement read(String text) {
		try {
			return json.readValue(text, Announcement.class);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	// Names no handlers if there are too many: each replica polls for what is due.
	private String text() {
		String text = json.writeValueAsString(this);
		return (text.getBytes(StandardCharsets.UTF_8).length <= LIMIT_BYTES) ? text
				: json.writeValueAsString(new Announcement(Set.of(), this.states, this.erased));
	}

	Arrivals arrivals() {
		Arrivals arrivals = new Arrivals();
		this.due.forEach(arrivals::due);
		if (this.erased) {
			arrivals.erase();
		}
		return arrivals;
	}

}
