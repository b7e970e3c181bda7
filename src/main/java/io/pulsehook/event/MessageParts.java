package io.pulsehook.event;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Looks up the parts of a message in the {@link Places} where the messaging platforms put
 * them. Whatever JSON is there, a part that is not found is simply not there.
 */
final class MessageParts {

	private final @Nullable Contact contact;

	private final boolean incoming;

	private final JsonNode message;

	MessageParts(ChatbotDetails details, boolean incoming) {
		this.contact = details.contact();
		this.incoming = incoming;
		this.message = message(details);
	}

	// Old and hand-made forms have the message beside info instead of in it.
	private static JsonNode message(ChatbotDetails details) {
		JsonNode inInfo = (details.info() != null) ? details.info().path("message") : MissingNode.getInstance();
		JsonNode beside = details.message();
		return (beside != null && (inInfo.isMissingNode() || inInfo.isNull())) ? beside : inInfo;
	}

	Message message() {
		return new Message(text(), messageId(), attachments(), comment(), isEcho(), sentBy(), replyTo(), referral());
	}

	@Nullable String messageId() {
		return Place.firstText(Places.MESSAGE_ID, this.message);
	}

	boolean isEcho() {
		return Places.ECHO.nodes(this.message).stream().anyMatch((echo) -> echo.asBoolean(false));
	}

	@Nullable Sender sentBy() {
		return Places.SENT_BY.nodes(this.message).stream().findFirst().map(Sender::of).orElse(null);
	}

	@Nullable ReplyTo replyTo() {
		return ReplyTo.of(this.message);
	}

	@Nullable JsonNode referral() {
		return Places.REFERRAL.stream()
			.filter((place) -> place.isIn(this.message))
			.findFirst()
			.map((place) -> place.nodes(this.message).get(0))
			.orElse(null);
	}

	@Nullable Comment comment() {
		return Comment.of(this.message);
	}

	@Nullable String text() {
		String text = Place.firstText(Places.TEXT, this.message);
		return (text == null && isToldByContact()) ? textOfContact() : text;
	}

	// The contact's last message is what the contact wrote and never what was sent to the
	// contact. Where the platform says that this message has no text, it is an older one.
	private boolean isToldByContact() {
		return this.incoming && !isEcho() && !Place.anyIsIn(Places.WITHOUT_TEXT, this.message);
	}

	private @Nullable String textOfContact() {
		if (this.contact == null) {
			return null;
		}
		List<Attachment> attachments = AttachmentReader.read(this.message);
		String text = (this.contact.lastMessageData() != null)
				? Place.firstText(Places.TEXT_OF_CONTACT, this.contact.lastMessageData()) : null;
		if (text == null || LastMessage.belongsTo(attachments, text)) {
			text = this.contact.lastMessage();
		}
		return (text == null || text.isEmpty() || LastMessage.belongsTo(attachments, text)) ? null : text;
	}

	List<Attachment> attachments() {
		List<Attachment> attachments = AttachmentReader.read(this.message);
		String last = (this.contact != null && isToldByContact()) ? this.contact.lastMessage() : null;
		return (last != null && Place.firstText(Places.TEXT, this.message) == null)
				? LastMessage.addressOf(attachments, last) : attachments;
	}

}
