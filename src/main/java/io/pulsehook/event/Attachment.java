package io.pulsehook.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that came with the text of a message, or instead of it: a medium, a location,
 * a contact or something shared.
 *
 * @param type what it is
 * @param id the id by which the messaging platform's own API finds it
 * @param url its address; a relative path in outgoing messages on Telegram; {@code null}
 * if the platform gave none
 * @param mimeType the media type
 * @param fileName the name of the file
 * @param caption its caption or title
 * @param coordinates where it is, for a location
 * @param raw the attachment as sent
 */
public record Attachment(AttachmentType type, @Nullable String id, @Nullable String url, @Nullable String mimeType,
		@Nullable String fileName, @Nullable String caption, @Nullable Coordinates coordinates, JsonNode raw) {

	boolean isMedia() {
		return this.type != AttachmentType.LOCATION && this.type != AttachmentType.CONTACT;
	}

	Attachment withUrl(String url) {
		return new Attachment(this.type, this.id, url, this.mimeType, this.fileName, this.caption, this.coordinates,
				this.raw);
	}

}
