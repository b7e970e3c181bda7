package io.pulsehook.reconcile;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import io.pulsehook.event.Attachment;
import io.pulsehook.event.AttachmentType;
import io.pulsehook.event.MessageEvent;

/**
 * What a message is recognised by.
 *
 * @param messageIds the ids that the messaging platform gave it
 * @param rowId the id that SendPulse gave it, or {@code null}
 * @param texts its text and captions
 * @param kinds what it consists of, {@value #TEXT} or the names of its media; none if
 * that is not known
 * @param at when it was written
 * @param edited whether its text is another one than it was written with
 */
record Traits(Set<String> messageIds, @Nullable String rowId, Set<String> texts, Set<String> kinds, Instant at,
		boolean edited) {

	static final String TEXT = "TEXT";

	/** Where the messaging platforms put the id of a message. */
	private static final List<String> MESSAGE_IDS = List.of("/channel_data/message_id", "/channel_data/message/mid",
			"/channel_data/message/message_id", "/channel_data/message/id", "/channel_data/postback/mid",
			"/channel_data/comment_id", "/channel_data/message/comment_id");

	static Traits of(MessageEvent event, Instant at, boolean edited) {
		JsonNode message = message(event);
		Set<String> messageIds = MESSAGE_IDS.stream()
			.map((place) -> text(message.at(place)))
			.flatMap(Stream::ofNullable)
			.collect(Collectors.toUnmodifiableSet());
		List<Attachment> attachments = event.attachments();
		String text = event.text();
		Set<String> texts = Stream
			.concat(Stream.ofNullable(text), attachments.stream().map(Attachment::caption).flatMap(Stream::ofNullable))
			.map(String::strip)
			.filter((each) -> !each.isEmpty())
			.collect(Collectors.toUnmodifiableSet());
		return new Traits(messageIds, text(message.path("id")), texts, kinds(attachments, text), at, edited);
	}

	private static JsonNode message(MessageEvent event) {
		JsonNode info = event.details().info();
		JsonNode message = (info != null) ? info.path("message") : MissingNode.getInstance();
		JsonNode beside = event.details().message();
		return (!message.isObject() && beside != null) ? beside : message;
	}

	private static @Nullable String text(JsonNode id) {
		return ((id.isString() || id.isNumber()) && !id.asString().isBlank()) ? id.asString() : null;
	}

	// SendPulse does not always tell what was spoken from other sounds.
	private static Set<String> kinds(List<Attachment> attachments, @Nullable String text) {
		if (attachments.isEmpty()) {
			return (text != null) ? Set.of(TEXT) : Set.of();
		}
		Set<String> kinds = new HashSet<>();
		for (Attachment attachment : attachments) {
			AttachmentType type = attachment.type();
			kinds.add(((type == AttachmentType.VOICE) ? AttachmentType.AUDIO : type).name());
		}
		return Set.copyOf(kinds);
	}

	/**
	 * Returns the same, but of a kind that is told beside the message if nothing in it
	 * tells one.
	 * @param type the word for the kind, such as {@code image}, or {@code null}
	 */
	Traits orOfKind(@Nullable String type) {
		if (type == null || !this.kinds.isEmpty() || !isKind(type)) {
			return this;
		}
		return new Traits(this.messageIds, this.rowId, this.texts, Set.of(type.toUpperCase(Locale.ROOT)), this.at,
				this.edited);
	}

	private static boolean isKind(String type) {
		return Stream.of(AttachmentType.values()).anyMatch((each) -> each.name().equalsIgnoreCase(type));
	}

	/**
	 * Leaves out what people wrote, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "Traits[kinds=" + this.kinds + ", at=" + this.at + "]";
	}

}
