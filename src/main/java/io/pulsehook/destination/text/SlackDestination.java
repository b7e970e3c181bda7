package io.pulsehook.destination.text;

import java.net.URI;
import java.util.Map;

import io.pulsehook.destination.http.HttpPost;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;

/**
 * Sends texts to a channel of Slack.
 *
 * @param post posts by HTTP
 * @param url the URL of the incoming webhook, which is secret
 * @param text the text
 */
record SlackDestination(HttpPost post, URI url, TextTemplate text) implements Destination {

	@Override
	public String send(OutgoingEvent event) throws DestinationException {
		String text = ChatMessage.text(event, this.text, SlackText::escape);
		return text.isBlank() ? ChatMessage.NOTHING_SENT
				: this.post.send(new ChatMessage(Map.of("text", text)).to(this.url));
	}

	/**
	 * Tells nothing, because the URL is secret.
	 */
	@Override
	public String toString() {
		return "SlackDestination[]";
	}

}
