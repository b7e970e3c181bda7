package io.pulsehook.event;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message in either direction. What is read from the message is looked up at each call
 * in the places where the messaging platforms put it, so that nobody pays for parts that
 * nobody asks for.
 */
public sealed interface MessageEvent extends ChatbotEvent permits IncomingMessage, OutgoingMessage {

	/**
	 * All parts of the message at once.
	 * @return the message, whose parts may all be missing
	 */
	default Message message() {
		return parts().message();
	}

	/**
	 * The text.
	 * @return the text, or {@code null} if there is none or it is not known
	 */
	default @Nullable String text() {
		return parts().text();
	}

	/**
	 * The media, locations and contacts.
	 * @return the attachments, empty if there are none
	 */
	default List<Attachment> attachments() {
		return parts().attachments();
	}

	/**
	 * The id of the message.
	 * @return the id, or {@code null} if there is none
	 */
	default @Nullable String messageId() {
		return parts().messageId();
	}

	/**
	 * Whether it is a comment of a post rather than a direct message.
	 * @return whether it is a comment
	 */
	default boolean isComment() {
		return comment() != null;
	}

	/**
	 * Where the comment was written.
	 * @return the comment, or {@code null} if it is a direct message
	 */
	default @Nullable Comment comment() {
		return parts().comment();
	}

	/**
	 * Whether it is one's own message that comes back.
	 * @return whether it is an echo
	 */
	default boolean isEcho() {
		return parts().isEcho();
	}

	/**
	 * The operator who wrote an outgoing message.
	 * @return the operator, or {@code null} if the bot, the API or a user wrote it
	 */
	default @Nullable Sender sentBy() {
		return parts().sentBy();
	}

	/**
	 * The message or story that it answers.
	 * @return what it answers, or {@code null} if it answers nothing
	 */
	default @Nullable ReplyTo replyTo() {
		return parts().replyTo();
	}

	/**
	 * The advert or link that led the user here.
	 * @return the referral as sent, or {@code null} if there is none
	 */
	default @Nullable JsonNode referral() {
		return parts().referral();
	}

	private MessageParts parts() {
		return new MessageParts(details(), this instanceof IncomingMessage);
	}

}
