package io.pulsehook.reconcile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.EventReader;
import io.pulsehook.event.EventTitle;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.inbox.reconciliation.StoredMissing;
import io.pulsehook.sendpulse.HistoryMessage;
import io.pulsehook.sendpulse.HistoryMessage.Direction;

/**
 * A message from a contact, as the history of a chat has it.
 *
 * @param message the message
 * @param at when SendPulse received it, {@link #UNKNOWN} if that cannot be read
 * @param body the element of a webhook that would have brought it, in which the bytes
 * depend on nothing else
 * @param traits what it is recognised by
 */
record ChatRow(HistoryMessage message, Instant at, ObjectNode body, Traits traits) {

	/**
	 * So far from the time of every message that only its ids can tell that a message
	 * without a time is the same.
	 */
	static final Instant UNKNOWN = Instant.EPOCH;

	private static final JsonMapper json = JsonMapper.shared();

	private static final int MILLIS_PER_SECOND = 1000;

	/**
	 * What the numbers of Telegram's types mean: payments, campaigns, operators, notes.
	 */
	private static final Set<String> OF_THE_SERVICE = Set.of("3", "4", "5", "6", "payment", "campaign", "operator",
			"operator_note", "note", "system", "service", "event", "open_chat", "close_chat", "chat_opened",
			"chat_closed", "assign", "unassign");

	/** What webhooks have beside the platform's message. */
	private static final Set<String> BESIDE = Set.of("postback", "media");

	/** The fields that a row has whose text was changed. */
	private static final List<String> EDITS = List.of("edited_by", "edited_at", "is_edited", "edited");

	/**
	 * Reads a row of a history.
	 * @param chat the chat
	 * @param message the row
	 * @param reader reads the element that is made of it
	 * @return the message, or {@code null} if the row is not one from the contact
	 */
	static @Nullable ChatRow read(Chat chat, HistoryMessage message, EventReader reader) {
		if (message.direction() != Direction.IN || isOfTheService(message)) {
			return null;
		}
		Instant at = (message.at() != null) ? message.at() : UNKNOWN;
		ObjectNode body = body(chat, message, at);
		MessageEvent event = event(json.writeValueAsString(body), reader);
		if (event == null || event.isEcho()) {
			return null;
		}
		boolean edited = EDITS.stream().anyMatch((field) -> isSet(message.json().path(field)));
		return new ChatRow(message, at, body, Traits.of(event, at, edited).orOfKind(message.type()));
	}

	/** Tells whether it has a time that can be read. */
	boolean isDated() {
		return !this.at.equals(UNKNOWN);
	}

	/**
	 * Reads an element as a message.
	 * @param body the element
	 * @param reader reads it
	 * @return the message, or {@code null} if it is none
	 */
	static @Nullable MessageEvent event(String body, EventReader reader) {
		return (reader.read(body.getBytes(StandardCharsets.UTF_8)) instanceof IncomingMessage message) ? message : null;
	}

	private static boolean isOfTheService(HistoryMessage message) {
		String type = (message.type() != null) ? message.type().toLowerCase(Locale.ROOT) : "";
		boolean written = message.data().isString() || (message.data().isObject() && !message.data().isEmpty());
		return message.isNote() || OF_THE_SERVICE.contains(type) || !written
				|| message.json().at("/sent_by/id").isValueNode() && isSet(message.json().at("/sent_by/id"));
	}

	private static boolean isSet(JsonNode value) {
		return !value.isMissingNode() && !value.isNull() && !(value.isBoolean() && !value.booleanValue());
	}

	private static ObjectNode body(Chat chat, HistoryMessage message, Instant at) {
		ObjectNode body = json.createObjectNode();
		body.put("title", EventTitle.INCOMING_MESSAGE.code()).put("service", chat.channel().code());
		body.putObject("bot").put("id", chat.bot().id());
		ObjectNode contact = body.putObject("contact").put("id", chat.contact());
		if (chat.name() != null) {
			contact.put("name", chat.name());
		}
		body.put("date", (at.toEpochMilli() % MILLIS_PER_SECOND != 0) ? at.toEpochMilli() : at.getEpochSecond());
		ObjectNode info = body.putObject("info").putObject("message");
		if (message.id() != null) {
			info.put("id", message.id());
		}
		addData(info.putObject("channel_data"), message);
		return body.put("reconciled", true);
	}

	// The data of a row is the platform's own message, whose type and id stand beside it.
	private static void addData(ObjectNode channelData, HistoryMessage message) {
		JsonNode data = message.data();
		ObjectNode content = channelData.putObject("message");
		data.properties().forEach((field) -> {
			boolean beside = BESIDE.contains(field.getKey()) && field.getValue().isObject();
			(beside ? channelData : content).set(field.getKey(), field.getValue());
		});
		if (!data.isObject()) {
			content.set("text", data);
		}
		if (!content.has("type") && message.json().path("type").isString()) {
			content.set("type", message.json().path("type"));
		}
		if (data.hasNonNull("message_id")) {
			channelData.set("message_id", data.path("message_id"));
		}
	}

	/**
	 * Makes a message that was never sent of this one.
	 * @param chat the chat
	 * @param alike how many that are written the same way come before it
	 * @param comparedTo the id of the newest event when it was compared
	 */
	StoredMissing missing(Chat chat, int alike, long comparedTo) {
		ObjectNode body = this.body;
		if (alike > 0) {
			body = this.body.deepCopy().put("alike", alike);
		}
		String text = this.message.text();
		return new StoredMissing(0, chat.bot().source(), chat.channel().code(), chat.bot().id(), chat.contact(),
				this.message.messageId(), this.message.id(), this.at, (text != null) ? storable(text) : null,
				storable(json.writeValueAsString(body)), comparedTo, null);
	}

	// A database takes neither half of a surrogate pair nor a NUL.
	private static String storable(String text) {
		String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		return whole.replace('\0', '\uFFFD');
	}

	/**
	 * Leaves out what people wrote, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "ChatRow[at=" + this.at + "]";
	}

}
