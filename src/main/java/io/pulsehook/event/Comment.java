package io.pulsehook.event;

import org.jspecify.annotations.Nullable;

/**
 * Where a comment was written. SendPulse sends comments of posts as incoming messages.
 *
 * @param id the comment's id
 * @param postId the id of the post on Facebook or of the medium on Instagram
 * @param permalink the link to the post
 */
public record Comment(@Nullable String id, @Nullable String postId, @Nullable String permalink) {

}
