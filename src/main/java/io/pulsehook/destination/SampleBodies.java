package io.pulsehook.destination;

import java.util.Map;

import io.pulsehook.Samples;
import io.pulsehook.event.BotBlock;
import io.pulsehook.event.CustomFlowRun;
import io.pulsehook.event.FailedDelivery;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.IncomingMessage;
import io.pulsehook.event.LinkClick;
import io.pulsehook.event.NewSubscriber;
import io.pulsehook.event.OpenChat;
import io.pulsehook.event.OutgoingMessage;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.Unsubscribe;

/**
 * Has a sample of each type of event.
 */
final class SampleBodies {

	private static final String UNRECOGNIZED = "[{\"unrecognized\":true}]";

	private static final Map<Class<?>, String> BODIES = Map.ofEntries(
			Map.entry(NewSubscriber.class, Samples.NEW_SUBSCRIBER),
			Map.entry(IncomingMessage.class, Samples.INCOMING_MESSAGE),
			Map.entry(OutgoingMessage.class, Samples.OUTGOING_MESSAGE), Map.entry(OpenChat.class, Samples.OPEN_CHAT),
			Map.entry(CustomFlowRun.class, Samples.RUN_CUSTOM_FLOW), Map.entry(LinkClick.class, Samples.LINK_CLICK),
			Map.entry(Unsubscribe.class, Samples.UNSUBSCRIBE), Map.entry(BotBlock.class, Samples.BOT_BLOCK),
			Map.entry(FailedDelivery.class, Samples.FAILED_DELIVERY),
			Map.entry(FlowWebhook.class, Samples.FLOW_WEBHOOK), Map.entry(PaymentOrder.class, Samples.PAYMENT_ORDER));

	private SampleBodies() {
	}

	/**
	 * Returns a sample.
	 * @param type the record that it is read as
	 * @return the body of a webhook with one event
	 */
	static String of(Class<?> type) {
		return BODIES.getOrDefault(type, UNRECOGNIZED);
	}

}
