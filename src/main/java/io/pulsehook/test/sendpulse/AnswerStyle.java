package io.pulsehook.test.sendpulse;

/**
 * The way in which answers are written. SendPulse's documentation and the answers that
 * people have logged differ, and a client has to read both.
 */
public enum AnswerStyle {

	/**
	 * As in logged answers: lists have {@code meta} and {@code links}, dates end in
	 * {@code +00:00}, the types of messages are words, and what was sent is returned.
	 */
	AS_SEEN,

	/**
	 * As in SendPulse's description of its API: lists have neither, dates end in
	 * {@code .000Z}, Telegram numbers the types of messages, live chat returns a message
	 * without an envelope, and others return {@code "data":true} for one.
	 */
	AS_DOCUMENTED

}
