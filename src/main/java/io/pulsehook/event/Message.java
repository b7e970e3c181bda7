package io.pulsehook.event;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The parts of a message, wherever the messaging platform put them.
 *
 * @param text the text, never a caption, a medium's address or another message's text;
 * {@code null} if there is none or it is not known
 * @param messageId the id of the message
 * @param attachments the media, locations and contacts
 * @param comment where it was written, if it is a comment of a post
 * @param echo whether it is one's own message that comes back
 * @param sentBy the operator who wrote it; {@code null} for the bot, the API and users
 * @param replyTo the message or story that it answers
 * @param referral the advert or link that led the user here, as sent
 */
public record Message(@Nullable String text, @Nullable String messageId, List<Attachment> attachments,
		@Nullable Comment comment, boolean echo, @Nullable Sender sentBy, @Nullable ReplyTo replyTo,
		@Nullable JsonNode referral) {

}
