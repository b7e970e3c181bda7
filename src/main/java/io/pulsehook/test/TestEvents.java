package io.pulsehook.test;

import io.pulsehook.event.BotBlock;
import io.pulsehook.event.CustomFlowRun;
import io.pulsehook.event.EventTitle;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.LinkClick;
import io.pulsehook.event.NewSubscriber;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.OutgoingMessage;
import io.pulsehook.event.Unsubscribe;

/**
 * Events for tests of handlers, one method for each type that a handler can receive. What
 * a test does not set has a value that SendPulse could send, and no two events are alike:
 *
 * <pre class="code">
 * IncomingMessage message = TestEvents.incomingMessage()
 *     .service(Channel.WHATSAPP).contact("c1").text("hi").build();
 *
 * String refund = TestEvents.payment().order("A").status(PaymentStatus.RETURNED_BY_SELLER).json();
 * </pre>
 */
public final class TestEvents {

	private TestEvents() {
	}

	/**
	 * A message from a user.
	 * @return its builder
	 */
	public static MessageBuilder<IncomingMessage> incomingMessage() {
		return new MessageBuilder<>(IncomingMessage.class, EventTitle.INCOMING_MESSAGE.code());
	}

	/**
	 * A message to a user.
	 * @return its builder
	 */
	public static MessageBuilder<OutgoingMessage> outgoingMessage() {
		return new MessageBuilder<>(OutgoingMessage.class, EventTitle.OUTGOING_MESSAGE.code());
	}

	/**
	 * A user subscribed to the bot.
	 * @return its builder
	 */
	public static ContactEventBuilder<NewSubscriber> newSubscriber() {
		return new ContactEventBuilder<>(NewSubscriber.class, EventTitle.NEW_SUBSCRIBER.code());
	}

	/**
	 * A user opened the live chat.
	 * @return its builder
	 */
	public static ContactEventBuilder<OpenChat> openChat() {
		return new ContactEventBuilder<>(OpenChat.class, EventTitle.OPEN_CHAT.code());
	}

	/**
	 * A flow was launched by a custom trigger.
	 * @return its builder
	 */
	public static ContactEventBuilder<CustomFlowRun> customFlowRun() {
		return new ContactEventBuilder<>(CustomFlowRun.class, EventTitle.RUN_CUSTOM_FLOW.code());
	}

	/**
	 * A user clicked through a link.
	 * @return its builder
	 */
	public static ContactEventBuilder<LinkClick> linkClick() {
		return new ContactEventBuilder<>(LinkClick.class, EventTitle.LINK_CLICK.code());
	}

	/**
	 * A user unsubscribed from the bot.
	 * @return its builder
	 */
	public static ContactEventBuilder<Unsubscribe> unsubscribe() {
		return new ContactEventBuilder<>(Unsubscribe.class, EventTitle.UNSUBSCRIBE.code());
	}

	/**
	 * A user blocked the bot.
	 * @return its builder
	 */
	public static ContactEventBuilder<BotBlock> botBlock() {
		return new ContactEventBuilder<>(BotBlock.class, EventTitle.BOT_BLOCK.code());
	}

	/**
	 * A message could not be delivered.
	 * @return its builder
	 */
	public static FailedDeliveryBuilder failedDelivery() {
		return new FailedDeliveryBuilder();
	}

	/**
	 * A user reached the webhook of a flow.
	 * @return its builder
	 */
	public static FlowWebhookBuilder flowWebhook() {
		return new FlowWebhookBuilder();
	}

	/**
	 * The status of a payment.
	 * @return its builder
	 */
	public static PaymentOrderBuilder payment() {
		return new PaymentOrderBuilder();
	}

	/**
	 * An event that is not recognised.
	 * @return its builder
	 */
	public static UnrecognizedEventBuilder unrecognized() {
		return new UnrecognizedEventBuilder();
	}

}
