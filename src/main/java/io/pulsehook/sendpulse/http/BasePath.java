package io.pulsehook.sendpulse.http;

import io.pulsehook.event.Channel;

/**
 * The path below which SendPulse's API has the calls of a channel.
 */
public final class BasePath {

	private BasePath() {
	}

	/**
	 * Returns the path of a channel.
	 * @param channel the channel
	 * @return the path, which begins with a slash and does not end with one
	 * @throws IllegalArgumentException if the channel is not known
	 */
	public static String of(Channel channel) {
		return switch (channel) {
			case TELEGRAM -> "/telegram";
			case WHATSAPP -> "/whatsapp";
			case INSTAGRAM -> "/instagram";
			case MESSENGER -> "/messenger";
			case VIBER -> "/viber/chatbots";
			case LIVECHAT -> "/live-chat";
			case TIKTOK -> "/tiktok";
			case UNKNOWN -> throw new IllegalArgumentException("A channel that is not known has no calls.");
		};
	}

}
