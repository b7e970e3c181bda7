package io.pulsehook.sendpulse;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.Delivery;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Contact;

/**
 * Answers who has written, and changes what SendPulse knows of them. A handler takes it
 * as a bean.
 *
 * <pre class="code">
 * EventHandler&lt;IncomingMessage&gt; greet(SendPulse sendPulse) {
 *     return (message, delivery) -&gt; sendPulse.to(message, delivery).text("Hello!");
 * }
 * </pre>
 */
public final class SendPulse {

	private final @Nullable SendPulseAccount common;

	private final Map<String, SendPulseAccount> bySource;

	/**
	 * Creates a client of some accounts.
	 * @param common the account of all sources that have none of their own, or
	 * {@code null}
	 * @param bySource the accounts of single sources by their names
	 */
	public SendPulse(@Nullable SendPulseAccount common, Map<String, SendPulseAccount> bySource) {
		this.common = common;
		this.bySource = Map.copyOf(bySource);
	}

	/**
	 * Addresses the contact of an event through the account of its source.
	 * @param event the event, which names channel and contact
	 * @param delivery the delivery of the event, which remembers what was sent
	 * @return the contact, to be used by the handler's thread while it handles this
	 * delivery
	 * @throws IllegalArgumentException if the event has no contact with an id
	 * @throws IllegalStateException if the delivery's source has no account
	 * @throws UnsupportedOperationException if the channel is not known
	 */
	public Recipient to(ChatbotEvent event, Delivery delivery) {
		Contact contact = event.contact();
		String id = (contact != null) ? contact.id() : null;
		if (id == null || id.isBlank()) {
			throw new IllegalArgumentException(
					"The event " + event.title() + " names no contact with an id, so that nobody can be written to.");
		}
		return new Recipient(account(delivery.source()).channel(event.service()), id, delivery);
	}

	/**
	 * Returns the conversations of a source's account, for what reads them beside the
	 * handlers.
	 * @param source the name of the source
	 * @return the conversations, the same for all sources of an account, or {@code null}
	 * if the source has no account
	 */
	public @Nullable Conversations conversations(String source) {
		SendPulseAccount account = this.bySource.getOrDefault(source, this.common);
		return (account != null) ? account.conversations() : null;
	}

	/**
	 * Tells whose login SendPulse refuses, as far as the latest calls of this process
	 * tell.
	 * @return since when, by the prefix of the account's properties
	 */
	public Map<String, Instant> refusedLogins() {
		Map<String, Instant> refused = new TreeMap<>();
		Stream.concat(Stream.ofNullable(this.common), this.bySource.values().stream()).forEach((account) -> {
			Instant since = account.loginRefusedSince();
			if (since != null) {
				refused.put(account.name(), since);
			}
		});
		return refused;
	}

	SendPulseAccount account(String source) {
		SendPulseAccount account = this.bySource.getOrDefault(source, this.common);
		if (account == null) {
			throw new IllegalStateException("No account of SendPulse is configured for the source '" + source
					+ "', so that it cannot be answered. Set pulsehook.sources." + source
					+ ".sendpulse.client-id and .client-secret, or pulsehook.sendpulse.* for all sources.");
		}
		return account;
	}

}
