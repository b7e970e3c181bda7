package io.pulsehook.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * Tells what a contact's {@code last_message} is in an incoming message: a text, the
 * address of a medium, or a medium's caption.
 */
final class LastMessage {

	private static final Pattern ADDRESS = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);

	private static final Pattern MEDIA_FILE = Pattern
		.compile("https?://[^\\s?#]+/[^\\s?#/]*\\.([a-z0-9]{3,4})(?:[?#]\\S*)?", Pattern.CASE_INSENSITIVE);

	private static final Map<String, AttachmentType> TYPES = Map.ofEntries(Map.entry("jpg", AttachmentType.IMAGE),
			Map.entry("jpeg", AttachmentType.IMAGE), Map.entry("png", AttachmentType.IMAGE),
			Map.entry("gif", AttachmentType.IMAGE), Map.entry("webp", AttachmentType.IMAGE),
			Map.entry("mp4", AttachmentType.VIDEO), Map.entry("mov", AttachmentType.VIDEO),
			Map.entry("3gp", AttachmentType.VIDEO), Map.entry("mp3", AttachmentType.AUDIO),
			Map.entry("m4a", AttachmentType.AUDIO), Map.entry("aac", AttachmentType.AUDIO),
			Map.entry("ogg", AttachmentType.VOICE), Map.entry("oga", AttachmentType.VOICE),
			Map.entry("opus", AttachmentType.VOICE));

	private LastMessage() {
	}

	/**
	 * Whether a text belongs to a medium and not to the message: it is the medium's
	 * address, or its caption, which may have been cut.
	 * @param attachments the attachments that the message itself names
	 * @param text what might be the message's text
	 * @return whether it must not be reported as the text
	 */
	static boolean belongsTo(List<Attachment> attachments, String text) {
		if (attachments.isEmpty()) {
			return typeOf(text) != null;
		}
		return ADDRESS.matcher(text).matches() || attachments.stream()
			.map(Attachment::caption)
			.anyMatch((caption) -> caption != null && caption.startsWith(text));
	}

	/**
	 * Gives the address in the last message to the first medium that has none, or only a
	 * part of one.
	 * @param attachments the attachments that the message itself names
	 * @param text the contact's last message
	 * @return the attachments; just the medium at the address if none were named
	 */
	static List<Attachment> addressOf(List<Attachment> attachments, String text) {
		AttachmentType type = typeOf(text);
		if (attachments.isEmpty() && type != null) {
			return List.of(new Attachment(type, null, text, null, null, null, null, StringNode.valueOf(text)));
		}
		if (!ADDRESS.matcher(text).matches()) {
			return attachments;
		}
		List<Attachment> result = new ArrayList<>(attachments);
		for (int i = 0; i < result.size(); i++) {
			Attachment attachment = result.get(i);
			if (attachment.isMedia() && !isWhole(attachment.url())) {
				result.set(i, attachment.withUrl(text));
				break;
			}
		}
		return List.copyOf(result);
	}

	private static boolean isWhole(@Nullable String url) {
		return url != null && ADDRESS.matcher(url).matches();
	}

	private static @Nullable AttachmentType typeOf(String text) {
		Matcher file = MEDIA_FILE.matcher(text);
		return (file.matches()) ? TYPES.get(file.group(1).toLowerCase(Locale.ROOT)) : null;
	}

}
