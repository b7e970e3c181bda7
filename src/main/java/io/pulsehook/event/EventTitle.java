package io.pulsehook.event;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The titles of chatbot webhooks (SendPulse page, Webhook structure), and one of
 * SendPulse's own that its page lacks.
 */
public enum EventTitle implements WireCode {

	/**
	 * A user subscribed to the bot.
	 */
	NEW_SUBSCRIBER("new_subscriber"),

	/**
	 * A flow was launched by a custom trigger.
	 */
	RUN_CUSTOM_FLOW("run_custom_flow"),

	/**
	 * A user reached an action that opens the live chat.
	 */
	OPEN_CHAT("open_chat"),

	/**
	 * A user clicked through a button's link.
	 */
	LINK_CLICK("link_click"),

	/**
	 * A user blocked the bot's messages.
	 */
	BOT_BLOCK("bot_block"),

	/**
	 * A user unsubscribed from the bot.
	 */
	UNSUBSCRIBE("unsubscribe"),

	/**
	 * A message was sent to a user, by the bot, an operator or the API.
	 */
	OUTGOING_MESSAGE("outgoing_message"),

	/**
	 * A message or a comment arrived from a user.
	 */
	INCOMING_MESSAGE("incoming_message"),

	/**
	 * A message could not be delivered. The page does not list it. It comes from WhatsApp
	 * bots with the setting "Message delivery failed".
	 */
	FAILED_DELIVERY("failed_delivery"),

	/**
	 * Any other title: the name that the author of a flow gave to its webhook, or a title
	 * that the page does not list.
	 */
	OTHER("");

	private static final Map<String, EventTitle> BY_CODE = WireCode.index(values());

	private final String code;

	EventTitle(String code) {
		this.code = code;
	}

	/**
	 * The title that SendPulse writes.
	 * @return the code on the wire, empty for {@link #OTHER}
	 */
	@Override
	public String code() {
		return this.code;
	}

	/**
	 * Finds the constant of a title, which must match exactly.
	 * @param code the code on the wire, or {@code null} if there is none
	 * @return the constant, {@link #OTHER} for every code that has none
	 */
	@JsonCreator
	public static EventTitle of(@Nullable String code) {
		return (code != null) ? BY_CODE.getOrDefault(code, OTHER) : OTHER;
	}

}
