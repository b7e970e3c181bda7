package io.pulsehook.console.contacts;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.event.EventSummary;
import io.pulsehook.console.events.MessageBubble;
import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.event.Event;
import io.pulsehook.event.FailedDelivery;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.StoredEvent;

/**
 * An event of a conversation: a message, or something else that happened between them.
 *
 * @param event the event's id
 * @param side {@code in} for what the contact wrote, {@code out} for what the bot or the
 * API sent, {@code operator} for what an operator wrote, and {@code aside} for all else
 * @param label who wrote it, or what happened
 * @param tone {@code good}, {@code bad} or {@code neutral}
 * @param text what was written, or a line about what happened; it can be empty
 * @param cut whether the text goes on
 * @param attachments what came with a message
 * @param note a remark about a message, or {@code null}
 * @param status what became of the event if that needs attention, or {@code null}
 * @param at when it happened
 */
record Said(long event, String side, String label, String tone, String text, boolean cut,
		List<MessageBubble.Part> attachments, @Nullable String note, @Nullable String status, Time at) {

	/** A longer text would push what else was said out of sight. */
	private static final int LONGEST_TEXT = 2_000;

	static Said of(StoredEvent stored, Event event, Time at) {
		MessageBubble message = MessageBubble.of(event);
		String text = (message != null) ? orEmpty(message.text()) : EventSummary.of(event).text();
		String shown = cut(text);
		return new Said(stored.id(), side(event), (message != null) ? message.sender() : Labels.type(stored.type()),
				tone(event), shown, shown.length() < text.length(),
				(message != null) ? message.attachments() : List.of(), (message != null) ? message.note() : null,
				status(stored.status()), at);
	}

	private static String side(Event event) {
		if (!(event instanceof MessageEvent message)) {
			return "aside";
		}
		if (message instanceof IncomingMessage) {
			return "in";
		}
		return (message.sentBy() != null) ? "operator" : "out";
	}

	private static String tone(Event event) {
		if (event instanceof PaymentOrder order) {
			return order.isPaid() ? "good" : ((order.isFailed() || order.isReversed()) ? "bad" : "neutral");
		}
		return (event instanceof FailedDelivery) ? "bad" : "neutral";
	}

	private static @Nullable String status(EventStatus status) {
		return (status == EventStatus.DEAD || status == EventStatus.OPEN) ? status.code() : null;
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static String cut(String text) {
		if (text.length() <= LONGEST_TEXT) {
			return text;
		}
		return text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST_TEXT)));
	}

}
