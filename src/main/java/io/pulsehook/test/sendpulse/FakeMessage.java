package io.pulsehook.test.sendpulse;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.Channel;
import io.pulsehook.event.IncomingMessage;

/**
 * A message of a conversation, as the history of a contact shows it.
 *
 * @param id the id of the row, or {@code null} for a row without one
 * @param messageId the id that the messaging platform gave it, or {@code null}
 * @param author who wrote it
 * @param type the type as a word or a number, or {@code null} for the usual one of the
 * author and the channel
 * @param text the text or caption, or {@code null}
 * @param data what the channel knows of it, or {@code null} for a text
 * @param at when it was written
 * @param edited whether its text was changed since
 */
public record FakeMessage(@Nullable String id, @Nullable String messageId, Author author, @Nullable JsonNode type,
		@Nullable String text, @Nullable JsonNode data, Instant at, boolean edited) {

	private static final AtomicLong LAST = new AtomicLong();

	/**
	 * Creates a text of the contact.
	 * @param text the text
	 * @return the message, of now
	 */
	public static FakeMessage ofContact(String text) {
		return of(Author.CONTACT, text);
	}

	/**
	 * Creates a text that an operator wrote.
	 * @param text the text
	 * @return the message, of now
	 */
	public static FakeMessage ofOperator(String text) {
		return of(Author.OPERATOR, text);
	}

	/**
	 * Creates a note that only operators see, although the history has it.
	 * @param text the text
	 * @return the message, of now
	 */
	public static FakeMessage ofNote(String text) {
		return of(Author.NOTE, text);
	}

	/**
	 * Creates a text that a bot or a caller of the API sent.
	 * @param text the text
	 * @return the message, of now
	 */
	public static FakeMessage ofBot(@Nullable String text) {
		return of(Author.BOT, text);
	}

	/**
	 * Creates a message of the contact that is no text.
	 * @param channel the channel, whose form it has
	 * @param kind what it is in the channel's word, as {@code photo} on Telegram and
	 * {@code image} on WhatsApp
	 * @param caption the text below it, or {@code null} for none
	 * @return the message, of now
	 */
	public static FakeMessage ofMedia(Channel channel, String kind, @Nullable String caption) {
		FakeMessage message = of(Author.CONTACT, caption).withData(Media.data(channel, kind, caption));
		return (channel == Channel.TELEGRAM) ? message : message.withType(kind);
	}

	/**
	 * Creates a row of the history that is no message, as of a payment. How its direction
	 * is told is not known; here it is the contact's, which can be mistaken.
	 * @param type the type, a word or a number
	 * @return the row, of now
	 */
	public static FakeMessage ofService(Object type) {
		return of(Author.SERVICE, null).withType(type).withData(Reply.MAPPER.createObjectNode());
	}

	/**
	 * Creates the message that a webhook told of: with the same ids, content and time.
	 * @param event the event
	 * @return the message
	 */
	public static FakeMessage of(IncomingMessage event) {
		JsonNode message = (event.info() != null) ? event.info().path("message") : Reply.MAPPER.missingNode();
		String messageId = message.at("/channel_data/message_id").asString("");
		FakeMessage row = of(Author.CONTACT, event.text()).withIds(message.path("id").stringValue(null),
				messageId.isEmpty() ? null : messageId);
		JsonNode content = message.at("/channel_data/message");
		if (content.isObject()) {
			row = row.withData(content);
		}
		return (event.date() != null) ? row.at(event.date()) : row;
	}

	private static FakeMessage of(Author author, @Nullable String text) {
		String id = newId();
		return new FakeMessage(id, "m-" + id, author, null, text, null, Instant.now(), false);
	}

	static String newId() {
		return "%08x%016x".formatted(Instant.now().getEpochSecond(), LAST.incrementAndGet());
	}

	/**
	 * Changes the ids.
	 * @param id the id of the row, or {@code null} for none
	 * @param messageId the platform's id, or {@code null} for none
	 * @return such a message
	 */
	public FakeMessage withIds(@Nullable String id, @Nullable String messageId) {
		return new FakeMessage(id, messageId, this.author, this.type, this.text, this.data, this.at, this.edited);
	}

	/**
	 * Changes the time.
	 * @param time when it was written
	 * @return such a message
	 */
	public FakeMessage at(Instant time) {
		return new FakeMessage(this.id, this.messageId, this.author, this.type, this.text, this.data, time,
				this.edited);
	}

	/**
	 * Changes the type, which some channels have as a word and others as a number.
	 * @param type the type, a word or a number
	 * @return such a message
	 */
	public FakeMessage withType(Object type) {
		return new FakeMessage(this.id, this.messageId, this.author, Reply.MAPPER.valueToTree(type), this.text,
				this.data, this.at, this.edited);
	}

	private FakeMessage withData(JsonNode data) {
		return new FakeMessage(this.id, this.messageId, this.author, this.type, this.text, data, this.at, this.edited);
	}

	/**
	 * Changes the type and what the channel knows, as for a picture.
	 * @param type the type, a word or a number
	 * @param data what the channel knows of the message
	 * @return such a message
	 */
	public FakeMessage as(JsonNode type, JsonNode data) {
		return new FakeMessage(this.id, this.messageId, this.author, type, this.text, data, this.at, this.edited);
	}

	/**
	 * Changes the text after the message was sent. The history has the new text alone,
	 * while the webhook told the old one.
	 * @param text the new text
	 * @return such a message
	 */
	public FakeMessage edited(String text) {
		return new FakeMessage(this.id, this.messageId, this.author, this.type, text, null, this.at, true);
	}

	/**
	 * Who wrote a message.
	 */
	public enum Author {

		/**
		 * The contact.
		 */
		CONTACT,

		/**
		 * A flow, or a caller of the API.
		 */
		BOT,

		/**
		 * A person, in SendPulse's chats.
		 */
		OPERATOR,

		/**
		 * A person, for other operators only.
		 */
		NOTE,

		/**
		 * SendPulse itself: a row that is no message.
		 */
		SERVICE

	}

}
