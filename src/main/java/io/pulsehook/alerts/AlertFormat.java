package io.pulsehook.alerts;

/**
 * What the receiver of alarms expects in a body.
 */
public enum AlertFormat {

	/** The payload that Standard Webhooks recommends: type, timestamp and data. */
	STANDARD,

	/** What an incoming webhook of Slack takes; Mattermost and Rocket.Chat do as well. */
	SLACK,

	/** What {@code sendMessage} of Telegram's Bot API takes. */
	TELEGRAM

}
