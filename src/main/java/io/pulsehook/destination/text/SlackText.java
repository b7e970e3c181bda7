package io.pulsehook.destination.text;

/**
 * The markup of Slack, which Mattermost and Rocket.Chat read as well.
 */
public final class SlackText {

	private SlackText() {
	}

	/**
	 * Escapes the three characters with which Slack's markup for links and mentions
	 * begins and ends (Slack, Formatting text for app surfaces).
	 * @param value any text
	 * @return the text to be put into a message
	 */
	public static String escape(String value) {
		return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
