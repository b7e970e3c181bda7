package io.pulsehook.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a comment was written. SendPulse sends comments of posts as incoming messages.
 *
 * @param id the comment's id
 * @param postId the id of the post on Facebook or of the medium on Instagram
 * @param permalink the link to the post
 */
public record Comment(@Nullable String id, @Nullable String postId, @Nullable String permalink) {

	static @Nullable Comment of(JsonNode message) {
		if (Places.FACEBOOK_COMMENT.isIn(message)) {
			return new Comment(Places.FACEBOOK_COMMENT_ID.text(message), Places.FACEBOOK_POST_ID.text(message),
					Places.FACEBOOK_PERMALINK.text(message));
		}
		String id = Place.firstText(Places.INSTAGRAM_COMMENT_ID, message);
		boolean ofInstagram = id != null || Place.anyIsIn(Places.INSTAGRAM_COMMENT, message);
		return (ofInstagram && !Places.FACEBOOK_ITEM.isIn(message))
				? new Comment(id, Places.INSTAGRAM_MEDIUM_ID.text(message), Places.INSTAGRAM_PERMALINK.text(message))
				: null;
	}

}
