package io.pulsehook.destination.text;

import java.net.URI;
import java.util.Map;

import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.DestinationException;
import io.pulsehook.dispatch.handler.OutgoingEvent;

/**
 * Sends texts to a chat of Telegram.
 *
 * @param post posts to Telegram
 * @param sendMessage the URL, which has the token of the bot
 * @param chat the id of the chat
 * @param text the text
 */
record TelegramDestination(TelegramPost post, URI sendMessage, String chat, TextTemplate text) implements Destination {

	@Override
	public String send(OutgoingEvent event) throws DestinationException {
		String html = ChatMessage.text(event, this.text, TelegramText::escape);
		if (TelegramText.isBlank(html)) {
			return ChatMessage.NOTHING_SENT;
		}
		Map<String, String> message = Map.of("chat_id", this.chat, "text", TelegramText.shorten(html), "parse_mode",
				"HTML");
		return this.post.send(new ChatMessage(message).to(this.sendMessage));
	}

	/**
	 * Tells nothing, because the URL is secret.
	 */
	@Override
	public String toString() {
		return "TelegramDestination[]";
	}

}
