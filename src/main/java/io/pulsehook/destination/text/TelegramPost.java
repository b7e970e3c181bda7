package io.pulsehook.destination.text;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.RetryLaterException;
import io.pulsehook.destination.http.HttpPost;
import io.pulsehook.destination.http.HttpStatusException;
import io.pulsehook.destination.http.Post;
import io.pulsehook.dispatch.handler.DestinationException;

/**
 * Posts to Telegram's Bot API, which says in the body of an answer how long to wait.
 */
public final class TelegramPost {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final HttpPost post;

	/**
	 * Creates a sender.
	 * @param post posts by HTTP
	 */
	public TelegramPost(HttpPost post) {
		this.post = post;
	}

	/**
	 * Posts.
	 * @param post what is posted to {@code sendMessage}
	 * @return the status of the answer, which is a success
	 * @throws RetryLaterException if too much has been sent, and the answer says when to
	 * try again (Bot API, ResponseParameters)
	 * @throws DestinationException if Telegram did not take it
	 */
	public String send(Post post) throws DestinationException {
		try {
			return this.post.send(post);
		}
		catch (HttpStatusException ex) {
			Duration pause = ex.status().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS) ? pause(ex.body()) : null;
			if (pause != null) {
				throw new RetryLaterException(pause, ex);
			}
			throw ex;
		}
	}

	private static @Nullable Duration pause(String answer) {
		try {
			JsonNode seconds = MAPPER.readTree(answer).path("parameters").path("retry_after");
			return seconds.isIntegralNumber() ? Duration.ofSeconds(seconds.asInt(Integer.MAX_VALUE)) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
