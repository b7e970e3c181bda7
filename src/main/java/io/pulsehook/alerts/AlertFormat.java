package io.pulsehook.alerts;

/**
 * The format of an alarm's body, which depends on its receiver.
 */
public enum AlertFormat {

	/** The payload that Standard Webhooks recommends: type, timestamp and data. */
	STANDARD,

	/** What an incoming webhook of Slack takes; Mattermost and Rocket.Chat do as well. */
	SLACK,

	/** What {@code sendMessage} of Telegram's Bot API takes. */
	TELEGRAM

}
