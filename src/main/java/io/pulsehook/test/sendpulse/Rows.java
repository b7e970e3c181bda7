package io.pulsehook.test.sendpulse;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.Channel;
import io.pulsehook.test.sendpulse.FakeMessage.Author;

/**
 * Writes contacts and messages as the API returns them.
 */
final class Rows {

	private static final DateTimeFormatter SEEN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx")
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DOCUMENTED = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX")
		.withZone(ZoneOffset.UTC);

	private final AnswerStyle style;

	Rows(AnswerStyle style) {
		this.style = style;
	}

	ObjectNode contact(FakeContact contact) {
		ObjectNode row = Reply.MAPPER.createObjectNode().put("id", contact.id()).put("bot_id", contact.bot());
		row.put("status", contact.status().code());
		row.putObject("channel_data").put("name", contact.name()).put("first_name", contact.name());
		row.set("tags", Reply.MAPPER.valueToTree(contact.tags()));
		row.set("variables", Reply.MAPPER.valueToTree(contact.variables()));
		row.put("is_chat_opened", contact.isChatOpen());
		row.put("last_activity_at", time(contact.createdAt()));
		Instant paused = contact.pausedUntil();
		row.put("automation_paused_until", (paused != null) ? time(paused) : null);
		row.put("created_at", time(contact.createdAt()));
		if (this.style == AnswerStyle.AS_SEEN) {
			row.set("operator", (contact.operator() != null)
					? Reply.MAPPER.createObjectNode().put("id", contact.operator()) : null);
			row.put("is_banned", false);
		}
		return row;
	}

	ObjectNode message(FakeContact contact, FakeMessage message) {
		Channel channel = (contact.channel() != null) ? contact.channel() : Channel.UNKNOWN;
		ObjectNode row = Reply.MAPPER.createObjectNode();
		if (message.id() != null) {
			row.put("id", message.id());
		}
		row.put("contact_id", contact.id()).put("bot_id", contact.bot()).putNull("campaign_id");
		row.set("data", data(channel, message));
		int direction = (message.author() == Author.CONTACT || message.author() == Author.SERVICE) ? 1 : 2;
		row.put("direction", direction).put("status", direction);
		row.put("created_at", time(message.at()));
		addType(row, channel, message);
		if (message.edited()) {
			row.put("edited_by", contact.id());
		}
		return row;
	}

	private void addType(ObjectNode row, Channel channel, FakeMessage message) {
		boolean documented = this.style == AnswerStyle.AS_DOCUMENTED;
		if (message.type() != null) {
			row.set("type", message.type());
		}
		else if (channel == Channel.TELEGRAM) {
			row.put("type", number(message.author()));
		}
		else if (!documented || channel == Channel.LIVECHAT) {
			row.put("type", documented ? "text" : word(message.author()));
		}
		if (!documented || channel == Channel.TELEGRAM) {
			row.set("sent_by", sentBy(message.author()));
			row.put("channel", (message.author() == Author.BOT) ? "api" : "ma_chat");
		}
	}

	private static int number(Author author) {
		return switch (author) {
			case CONTACT -> 2;
			case BOT -> 1;
			case OPERATOR -> 5;
			case NOTE -> 6;
			case SERVICE -> 3;
		};
	}

	private static String word(Author author) {
		return switch (author) {
			case CONTACT, BOT -> "text";
			case OPERATOR -> "operator";
			case NOTE -> "operator_note";
			case SERVICE -> "payment";
		};
	}

	private static @Nullable ObjectNode sentBy(Author author) {
		return switch (author) {
			case CONTACT, BOT, SERVICE -> null;
			case OPERATOR,
					NOTE ->
				Reply.MAPPER.createObjectNode()
					.put("id", 7701)
					.put("email", "olga@example.com")
					.put("firstname", "Olga");
		};
	}

	private static JsonNode data(Channel channel, FakeMessage message) {
		JsonNode data = (message.data() != null) ? message.data().deepCopy() : text(channel, message);
		if (message.messageId() != null && data instanceof ObjectNode object && !object.has("message_id")) {
			object.put("message_id", message.messageId());
		}
		return data;
	}

	private static ObjectNode text(Channel channel, FakeMessage message) {
		ObjectNode data = Reply.MAPPER.createObjectNode();
		switch (channel) {
			case WHATSAPP -> data.putObject("text").put("body", message.text());
			case INSTAGRAM -> {
				if (message.author() == Author.CONTACT) {
					data.put("text", message.text());
				}
				else {
					data.putObject("message").put("text", message.text());
				}
			}
			case LIVECHAT -> data.put("type", "text").put("text", message.text());
			default -> data.put("text", message.text());
		}
		return data;
	}

	ObjectNode dialog(FakeContact contact) {
		ObjectNode row = Reply.MAPPER.createObjectNode().put("_id", "d" + contact.id()).put("bot_id", contact.bot());
		row.putObject("contact").put("id", contact.id()).put("full_name", contact.name());
		addLast(row, "last_inbox_message", lastOfContact(contact));
		addLast(row, "last_outbox_message", last(contact, false));
		row.put("service", service(contact.channel()));
		row.put("inbox_unread_count", 0).put("is_chat_opened", contact.isChatOpen());
		row.put("created_at", time(contact.createdAt())).put("updated_at", time(lastActivity(contact)));
		return row;
	}

	private void addLast(ObjectNode row, String name, @Nullable FakeMessage message) {
		if (message != null) {
			row.putObject(name).put("text", message.text()).put("date", time(message.at()));
		}
		else {
			row.putNull(name);
		}
	}

	ObjectNode chat(FakeContact contact) {
		ObjectNode row = Reply.MAPPER.createObjectNode();
		row.set("contact", contact(contact));
		FakeMessage last = lastOfContact(contact);
		row.set("inbox_last_message", (last != null) ? message(contact, last) : (JsonNode) null);
		return row.put("inbox_unread", 0);
	}

	static Instant lastActivity(FakeContact contact) {
		return contact.messages()
			.stream()
			.filter(Rows::isMessage)
			.map(FakeMessage::at)
			.max(Instant::compareTo)
			.orElse(contact.createdAt());
	}

	static @Nullable FakeMessage lastOfContact(FakeContact contact) {
		return last(contact, true);
	}

	private static @Nullable FakeMessage last(FakeContact contact, boolean incoming) {
		return contact.messages()
			.stream()
			.filter(Rows::isMessage)
			.filter((message) -> (message.author() == Author.CONTACT) == incoming)
			.max((one, other) -> one.at().compareTo(other.at()))
			.orElse(null);
	}

	private static boolean isMessage(FakeMessage message) {
		return message.author() != Author.NOTE && message.author() != Author.SERVICE;
	}

	String time(Instant time) {
		return (this.style == AnswerStyle.AS_SEEN) ? SEEN.format(time.truncatedTo(ChronoUnit.SECONDS))
				: DOCUMENTED.format(time.truncatedTo(ChronoUnit.SECONDS));
	}

	private static int service(@Nullable Channel channel) {
		return switch ((channel != null) ? channel : Channel.UNKNOWN) {
			case MESSENGER -> 1;
			case TELEGRAM -> 3;
			case WHATSAPP -> 4;
			case INSTAGRAM -> 5;
			case VIBER -> 6;
			case LIVECHAT -> 7;
			case TIKTOK -> 8;
			case UNKNOWN -> 0;
		};
	}

}
