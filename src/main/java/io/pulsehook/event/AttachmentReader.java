package io.pulsehook.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the attachments of a message from all the places that {@link Places#MEDIA} lists.
 */
final class AttachmentReader {

	private final JsonNode root;

	private final JsonNode message;

	private final Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final List<Attachment> attachments = new ArrayList<>();

	private AttachmentReader(JsonNode root) {
		this.root = root;
		this.message = root.path("channel_data").path("message");
	}

	/**
	 * Reads the attachments of a message.
	 * @param root {@code info.message}, whatever it is
	 * @return the attachments, empty if there are none
	 */
	static List<Attachment> read(JsonNode root) {
		AttachmentReader reader = new AttachmentReader(root);
		Places.MEDIA.forEach(reader::read);
		return reader.withoutRepeatedShares();
	}

	private void read(Medium medium) {
		for (JsonNode node : medium.nodes(this.root)) {
			// Keeps a node once: a special place comes before the general one, which
			// finds the node again.
			if (this.seen.add(node)) {
				Attachment attachment = attachment(medium, node);
				if (attachment != null) {
					this.attachments.add(attachment);
				}
			}
		}
	}

	private @Nullable Attachment attachment(Medium medium, JsonNode node) {
		return switch (medium.shape()) {
			case FILE -> file(medium.type(), largestOf(node));
			case LOCATION -> location(node);
			case CONTACT ->
				node.isObject() ? new Attachment(medium.type(), null, null, null, null, null, null, node) : null;
			case NAMED -> named(node);
			case MESSAGE -> message(node);
		};
	}

	// Instagram sends a post or reel both as such and as a share.
	private List<Attachment> withoutRepeatedShares() {
		boolean repeated = this.attachments.stream()
			.anyMatch((attachment) -> attachment.type() == AttachmentType.POST
					|| attachment.type() == AttachmentType.REEL);
		return this.attachments.stream()
			.filter((attachment) -> !repeated || attachment.type() != AttachmentType.SHARE)
			.toList();
	}

	private static @Nullable Attachment named(JsonNode attachment) {
		String name = Scalars.firstText(attachment.path("type"));
		if (!attachment.isObject() || "template".equals(name)) {
			return null;
		}
		JsonNode payload = attachment.path("payload");
		AttachmentType type = named(name);
		return new Attachment((type != null) ? type : AttachmentType.OTHER,
				Scalars.firstText(payload.path("reel_video_id"), payload.path("ig_post_media_id")),
				Scalars.firstText(payload.path("url"), attachment.path("url")), null, null,
				Scalars.firstText(payload.path("title"), attachment.path("title")),
				coordinates(payload.path("coordinates"), "lat", "long"), attachment);
	}

	private static @Nullable AttachmentType named(@Nullable String name) {
		return (name != null) ? Places.NAMED.get(name.toLowerCase(Locale.ROOT)) : null;
	}

	private static @Nullable Attachment message(JsonNode message) {
		AttachmentType type = named(Scalars.firstText(message.path("type")));
		String url = Scalars.firstText(message.path("url"));
		return (type != null && url != null)
				? new Attachment(type, null, url, Scalars.firstText(message.path("mime_type")),
						Scalars.firstText(message.path("filename"), message.path("file_name"), message.path("name")),
						null, null, message)
				: null;
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

	private @Nullable Attachment file(AttachmentType type, JsonNode file) {
		if (file.isString() && !file.asString().isEmpty()) {
			return new Attachment(type, null, file.asString(), null, null, caption(file), null, file);
		}
		if (!file.isObject()) {
			return null;
		}
		return new Attachment(type,
				Scalars.firstText(file.path("id"), file.path("file_id"), file.path("media_id"), file.path("item_id")),
				Scalars.firstText(file.path("url"), file.path("link"), file.path("embed_url")),
				Scalars.firstText(file.path("mime_type")),
				Scalars.firstText(file.path("filename"), file.path("file_name")), caption(file), null, file);
	}

	// WhatsApp writes the caption into the medium, Telegram beside it.
	private @Nullable String caption(JsonNode file) {
		return Scalars.firstText(file.path("caption"), this.message.path("caption"));
	}

	// A venue holds its location in a field of its own.
	private static @Nullable Attachment location(JsonNode place) {
		if (!place.isObject()) {
			return null;
		}
		JsonNode location = place.path("location").isObject() ? place.path("location") : place;
		return new Attachment(AttachmentType.LOCATION, null, Scalars.firstText(place.path("url")), null, null,
				Scalars.firstText(place.path("name"), place.path("title"), place.path("address")),
				coordinates(location, "latitude", "longitude"), place);
	}

	private static @Nullable Coordinates coordinates(JsonNode place, String latitude, String longitude) {
		return Coordinates.of(place.path(latitude), place.path(longitude));
	}

}
