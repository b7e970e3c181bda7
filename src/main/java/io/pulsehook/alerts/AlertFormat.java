package io.pulsehook.alerts;

/**
 * The format of an alarm's body, which depends on its receiver.
 */
public enum AlertFormat {

	/** The payload that Standard Webhooks recommends: type, timestamp and data. */
	STANDARD,

	/**
	 * The body of an incoming webhook of Slack, which Mattermost and Rocket.Chat accept
	 * as well.
	 */
	SLACK,

	/** The body of {@code sendMessage} in Telegram's Bot API. */
	TELEGRAM

}
