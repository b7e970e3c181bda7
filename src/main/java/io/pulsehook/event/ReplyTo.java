package io.pulsehook.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message answers: an earlier message or a story.
 *
 * @param messageId the id of the earlier message
 * @param storyUrl the address of the story
 */
public record ReplyTo(@Nullable String messageId, @Nullable String storyUrl) {

	static @Nullable ReplyTo of(JsonNode replyTo) {
		String messageId = JsonText.first(replyTo.path("mid"));
		String storyUrl = JsonText.first(replyTo.path("story").path("url"));
		return (messageId != null || storyUrl != null) ? new ReplyTo(messageId, storyUrl) : null;
	}

}
