package io.pulsehook.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the attachments of a message where each messaging platform puts them.
 */
final class AttachmentReader {

	/** The types that Instagram and Messenger name. */
	private static final Map<String, AttachmentType> NAMED = Map.ofEntries(Map.entry("image", AttachmentType.IMAGE),
			Map.entry("video", AttachmentType.VIDEO), Map.entry("audio", AttachmentType.AUDIO),
			Map.entry("file", AttachmentType.DOCUMENT), Map.entry("ig_reel", AttachmentType.REEL),
			Map.entry("reel", AttachmentType.REEL), Map.entry("ig_post", AttachmentType.POST),
			Map.entry("post", AttachmentType.POST), Map.entry("ig_story", AttachmentType.STORY),
			Map.entry("story_mention", AttachmentType.STORY), Map.entry("share", AttachmentType.SHARE));

	private final JsonNode message;

	private final List<Attachment> attachments = new ArrayList<>();

	private AttachmentReader(JsonNode message) {
		this.message = message;
	}

	/**
	 * Reads the attachments of a message.
	 * @param message {@code channel_data.message}, whatever it is
	 * @return the attachments, empty if there are none
	 */
	static List<Attachment> read(JsonNode message) {
		AttachmentReader reader = new AttachmentReader(message);
		reader.readInstagramAndMessenger();
		reader.readWhatsAppAndTelegram();
		return List.copyOf(reader.attachments);
	}

	private void readInstagramAndMessenger() {
		JsonNode inner = this.message.path("message");
		this.message.path("attachments").forEach(this::addNamed);
		inner.path("attachments").forEach(this::addNamed);
		addNamed(inner.path("attachment"));
		if (has(AttachmentType.POST) || has(AttachmentType.REEL)) {
			// Instagram sends both, and the share is the post or reel again.
			this.attachments.removeIf((attachment) -> attachment.type() == AttachmentType.SHARE);
		}
	}

	private void addNamed(JsonNode attachment) {
		String type = JsonText.first(attachment.path("type"));
		if (!attachment.isObject() || "template".equals(type)) {
			return;
		}
		JsonNode payload = attachment.path("payload");
		this.attachments.add(new Attachment(
				(type != null) ? NAMED.getOrDefault(type.toLowerCase(Locale.ROOT), AttachmentType.OTHER)
						: AttachmentType.OTHER,
				null, JsonText.first(payload.path("url")), null, null, JsonText.first(payload.path("title")), null,
				attachment));
	}

	private boolean has(AttachmentType type) {
		return this.attachments.stream().anyMatch((attachment) -> attachment.type() == type);
	}

	private void readWhatsAppAndTelegram() {
		addFile(AttachmentType.IMAGE, this.message.path("image"));
		addFile(AttachmentType.IMAGE, largestOf(this.message.path("photo")));
		addFile(AttachmentType.AUDIO, this.message.path("audio"));
		addFile(AttachmentType.VOICE, this.message.path("voice"));
		addFile(AttachmentType.VIDEO, this.message.path("video"));
		addFile(AttachmentType.DOCUMENT, this.message.path("document"));
		addFile(AttachmentType.STICKER, this.message.path("sticker"));
		addLocation(this.message.path("location"));
		addContact(this.message.path("contact"));
		this.message.path("contacts").forEach(this::addContact);
	}

	// Telegram sends a photo in several sizes, the smallest first.
	private static JsonNode largestOf(JsonNode photo) {
		return (photo.isArray()) ? StreamSupport.stream(photo.spliterator(), false)
			.filter(JsonNode::isObject)
			.reduce((one, other) -> (width(other) >= width(one)) ? other : one)
			.orElse(photo.path(0)) : photo;
	}

	private static double width(JsonNode size) {
		return size.path("width").asDouble(0);
	}

	private void addFile(AttachmentType type, JsonNode file) {
		if (file.isString() && !file.asString().isEmpty()) {
			this.attachments.add(new Attachment(type, null, file.asString(), null, null, caption(file), null, file));
		}
		if (file.isObject()) {
			this.attachments.add(new Attachment(type, JsonText.first(file.path("id"), file.path("file_id")),
					JsonText.first(file.path("url"), file.path("link")), JsonText.first(file.path("mime_type")),
					JsonText.first(file.path("filename"), file.path("file_name")), caption(file), null, file));
		}
	}

	// WhatsApp writes the caption into the medium, Telegram beside it.
	private @Nullable String caption(JsonNode file) {
		return JsonText.first(file.path("caption"), this.message.path("caption"));
	}

	private void addLocation(JsonNode location) {
		if (location.isObject()) {
			this.attachments.add(new Attachment(AttachmentType.LOCATION, null, null, null, null,
					JsonText.first(location.path("name")), coordinatesOf(location), location));
		}
	}

	private void addContact(JsonNode contact) {
		if (contact.isObject()) {
			this.attachments.add(new Attachment(AttachmentType.CONTACT, null, null, null, null, null, null, contact));
		}
	}

	private static @Nullable Coordinates coordinatesOf(JsonNode place) {
		OptionalDouble latitude = place.path("latitude").asDoubleOpt();
		OptionalDouble longitude = place.path("longitude").asDoubleOpt();
		return (latitude.isPresent() && longitude.isPresent())
				? new Coordinates(latitude.getAsDouble(), longitude.getAsDouble()) : null;
	}

}
