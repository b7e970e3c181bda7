package io.pulsehook.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a message answers or reacts to: an earlier message or a story.
 *
 * @param messageId the id of the earlier message
 * @param storyUrl the address of the story
 * @param storyId the id of the story
 */
public record ReplyTo(@Nullable String messageId, @Nullable String storyUrl, @Nullable String storyId) {

	static @Nullable ReplyTo of(JsonNode message) {
		String messageId = Place.firstText(Places.ANSWERED_MESSAGE, message);
		String storyUrl = Place.firstText(Places.ANSWERED_STORY_URL, message);
		String storyId = Place.firstText(Places.ANSWERED_STORY_ID, message);
		return (messageId != null || storyUrl != null || storyId != null) ? new ReplyTo(messageId, storyUrl, storyId)
				: null;
	}

}
