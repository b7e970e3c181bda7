package io.pulsehook.sendpulse;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message of the chat with a contact.
 *
 * @param id the id that SendPulse gave it, or {@code null}
 * @param messageId the id that the messaging platform gave it, or {@code null}
 * @param direction which way it went
 * @param type what it is, a word or a number as the channel has it, or {@code null}
 * @param text its text or caption, or {@code null} if it has none that is known
 * @param at when it was sent, or {@code null}
 * @param data the message as the channel has it, a missing node if there is none
 * @param json all of what was answered
 */
public record HistoryMessage(@Nullable String id, @Nullable String messageId, Direction direction,
		@Nullable String type, @Nullable String text, @Nullable Instant at, JsonNode data, JsonNode json) {

	/**
	 * Tells whether it is a note that operators write for each other, and the contact
	 * never sees.
	 * @return {@code true} if so
	 */
	public boolean isNote() {
		return "operator_note".equals(this.type) || "6".equals(this.type);
	}

	static HistoryMessage read(JsonNode row) {
		JsonNode data = row.path("data");
		return new HistoryMessage(Reads.text(row.path("id")),
				Reads.first(data.path("message_id"), data.path("mid"), data.at("/message/mid")),
				Direction.of(row.path("direction")), Reads.text(row.path("type")), text(data),
				Reads.time(row.path("created_at")), data, row);
	}

	// Each channel has its own place, and the two directions of Instagram differ too.
	private static @Nullable String text(JsonNode data) {
		return Reads.first(data.path("text"), data.at("/text/body"), data.at("/text/text"), data.at("/message/text"),
				data.path("caption"), data.at("/image/caption"), data.at("/document/caption"),
				data.at("/video/caption"), data.at("/interactive/body/text"),
				data.at("/interactive/button_reply/title"));
	}

	/**
	 * Leaves out what people wrote, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "HistoryMessage[direction=" + this.direction + ", type=" + this.type + "]";
	}

	/**
	 * Which way a message went.
	 */
	public enum Direction {

		/** It is not known. */
		UNKNOWN,

		/** From the contact. */
		IN,

		/** To the contact. */
		OUT;

		// The constants stand in the order of SendPulse's numbers, which begin with 1.
		private static Direction of(JsonNode direction) {
			int code = direction.asInt(0);
			return (code > 0 && code < values().length) ? values()[code] : UNKNOWN;
		}

	}

}
