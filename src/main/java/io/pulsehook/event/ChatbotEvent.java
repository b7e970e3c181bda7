package io.pulsehook.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of a chatbot: one of the eight documented titles, a failed delivery, or a
 * flow's webhook (SendPulse page, Global webhooks and Webhooks triggered upon reaching a
 * flow element).
 */
public sealed interface ChatbotEvent extends Event permits NewSubscriber, OpenChat, CustomFlowRun, LinkClick,
		Unsubscribe, BotBlock, FailedDelivery, FlowWebhook, MessageEvent {

	/**
	 * Everything that chatbot events have in common.
	 * @return the details that the other accessors read
	 */
	ChatbotDetails details();

	/**
	 * The title as sent; of a flow's webhook whatever its author typed.
	 * @return the title, never blank
	 */
	default String title() {
		return details().title();
	}

	/**
	 * Which of the documented titles it is.
	 * @return the title, or {@link EventTitle#OTHER}
	 */
	default EventTitle eventTitle() {
		return details().eventTitle();
	}

	/**
	 * The messaging channel, which SendPulse calls a service.
	 * @return the channel, or {@link Channel#UNKNOWN}
	 */
	default Channel service() {
		return details().service();
	}

	/**
	 * The messaging channel as sent, or the lower-cased {@code bot.channel} where
	 * {@code service} is missing.
	 * @return the raw code, or {@code null} if neither is there
	 */
	default @Nullable String serviceCode() {
		return details().serviceCode();
	}

	/**
	 * The bot.
	 * @return the bot, or {@code null} if the event has none
	 */
	default @Nullable Bot bot() {
		return details().bot();
	}

	/**
	 * The subscriber.
	 * @return the contact, or {@code null} if the event has none
	 */
	default @Nullable Contact contact() {
		return details().contact();
	}

	/**
	 * When it happened. SendPulse sends seconds, milliseconds and numbers that are
	 * neither.
	 * @return the time, or {@code null} if there is no usable date
	 */
	default @Nullable Instant date() {
		return details().date();
	}

	/**
	 * The {@code date} as sent.
	 * @return the number's digits or the text, or {@code null} if there was none
	 */
	default @Nullable String rawDate() {
		return details().rawDate();
	}

	/**
	 * What the messaging platform told SendPulse.
	 * @return any JSON, or {@code null} if there was none
	 */
	default @Nullable JsonNode info() {
		return details().info();
	}

	@Override
	default @Nullable Instant occurredAt() {
		return date();
	}

}
