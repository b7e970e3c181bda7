package io.pulsehook.event;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Knows where each messaging platform puts the parts of a message below
 * {@code info.message.channel_data}. Whatever JSON is there, a part that is not found is
 * simply not there.
 */
final class MessageParts {

	private final @Nullable Contact contact;

	private final boolean incoming;

	private final JsonNode envelope;

	private final JsonNode channelData;

	private final JsonNode message;

	MessageParts(ChatbotDetails details, boolean incoming) {
		JsonNode info = (details.info() != null) ? details.info() : MissingNode.getInstance();
		this.contact = details.contact();
		this.incoming = incoming;
		this.envelope = info.path("message");
		this.channelData = this.envelope.path("channel_data");
		this.message = this.channelData.path("message");
	}

	Message message() {
		return new Message(text(), messageId(), attachments(), comment(), isEcho(), sentBy(), replyTo(), referral());
	}

	@Nullable String messageId() {
		return JsonText.first(this.channelData.path("message_id"), this.message.path("mid"),
				this.message.path("message_id"), this.message.path("id"), this.envelope.path("id"));
	}

	boolean isEcho() {
		return this.message.path("is_echo").asBoolean(false);
	}

	@Nullable Sender sentBy() {
		return Sender.of(this.envelope.path("sent_by"));
	}

	@Nullable ReplyTo replyTo() {
		return ReplyTo.of(this.message.path("reply_to"));
	}

	@Nullable JsonNode referral() {
		JsonNode referral = this.message.path("referral");
		return (!referral.isMissingNode() && !referral.isNull()) ? referral : null;
	}

	@Nullable Comment comment() {
		if (isFacebookComment()) {
			return new Comment(JsonText.first(this.message.path("comment_id")),
					JsonText.first(this.message.path("post_id")),
					JsonText.first(this.message.path("post").path("permalink_url")));
		}
		JsonNode media = this.channelData.path("media");
		String id = JsonText.first(this.channelData.path("comment_id"), this.message.path("comment_id"),
				media.path("comment_id"));
		boolean ofInstagram = id != null || media.hasNonNull("permalink") || media.hasNonNull("media_product_type");
		return (ofInstagram && !this.message.has("item"))
				? new Comment(id, JsonText.first(media.path("id")), JsonText.first(media.path("permalink"))) : null;
	}

	private boolean isFacebookComment() {
		return "comment".equals(JsonText.of(this.message.path("item")))
				&& "add".equals(JsonText.of(this.message.path("verb")));
	}

	@Nullable String text() {
		String text = ownText();
		return (text == null && isFromContact()) ? textOfContact() : text;
	}

	// The contact's last message is what the contact wrote, never what was sent to the
	// contact.
	private boolean isFromContact() {
		return this.incoming && !isEcho();
	}

	private @Nullable String ownText() {
		if (isFacebookComment()) {
			return JsonText.first(this.message.path("message"));
		}
		JsonNode text = this.message.path("text");
		JsonNode interactive = this.message.path("interactive");
		JsonNode inner = this.message.path("message");
		String found = JsonText.first(text, text.path("body"), interactive.path("button_reply").path("title"),
				interactive.path("list_reply").path("title"), this.message.path("button").path("text"),
				inner.path("text"));
		if (found == null) {
			found = titlesOf(inner.path("attachment").path("payload").path("elements"));
		}
		return (found != null) ? found : JsonText.first(this.message.path("title"));
	}

	private static @Nullable String titlesOf(JsonNode elements) {
		List<String> titles = new ArrayList<>();
		for (JsonNode element : elements) {
			String title = JsonText.first(element.path("title"));
			if (title != null) {
				titles.add(title);
			}
		}
		return (titles.isEmpty()) ? null : String.join("\n", titles);
	}

	private @Nullable String textOfContact() {
		if (this.contact == null) {
			return null;
		}
		List<Attachment> attachments = AttachmentReader.read(this.message);
		String text = JsonText.first(lastMessageText(), lastMessageText().path("body"));
		if (text == null || LastMessage.belongsTo(attachments, text)) {
			text = this.contact.lastMessage();
		}
		return (text == null || text.isEmpty() || LastMessage.belongsTo(attachments, text)) ? null : text;
	}

	private JsonNode lastMessageText() {
		JsonNode data = (this.contact != null) ? this.contact.lastMessageData() : null;
		return (data != null) ? data.path("message").path("text") : MissingNode.getInstance();
	}

	List<Attachment> attachments() {
		List<Attachment> attachments = AttachmentReader.read(this.message);
		String last = (this.contact != null && isFromContact()) ? this.contact.lastMessage() : null;
		return (last != null && ownText() == null) ? LastMessage.addressOf(attachments, last) : attachments;
	}

}
