package io.pulsehook.console.event;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Money;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Contact;
import io.pulsehook.event.Event;
import io.pulsehook.event.FailedDelivery;
import io.pulsehook.event.FlowWebhook;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.PaymentOrder;

/**
 * An event in a line.
 *
 * @param who whom it is about, or {@code null} if it does not tell
 * @param text what it says, empty if there is nothing to say
 */
public record EventSummary(@Nullable String who, String text) {

	public static EventSummary of(@Nullable Event event) {
		return new EventSummary(whoIn(event), textOf(event));
	}

	private static @Nullable String whoIn(@Nullable Event event) {
		if (event instanceof PaymentOrder order) {
			return order.customerName();
		}
		Contact contact = (event instanceof ChatbotEvent chatbot) ? chatbot.contact() : null;
		if (contact == null) {
			return null;
		}
		return Stream.of(contact.name(), contact.username(), contact.phone(), contact.email(), contact.id())
			.filter((name) -> name != null && !name.isBlank())
			.findFirst()
			.orElse(null);
	}

	private static String textOf(@Nullable Event event) {
		if (event instanceof PaymentOrder order) {
			return joined(Labels.payment(order.status(), order.statusCode()), cost(order), order.description(),
					order.isTest() ? "test" : null);
		}
		if (event instanceof MessageEvent message) {
			return textOf(message);
		}
		if (event instanceof FailedDelivery failure) {
			return joined(failure.errorCode(), failure.errorMessage());
		}
		return (event instanceof FlowWebhook flow) ? flow.title() : "";
	}

	/**
	 * Writes the sum of a payment.
	 * @param order the payment
	 * @return the sum with its currency, or {@code null} without a usable one
	 */
	static @Nullable String cost(PaymentOrder order) {
		return (order.totalCost() != null) ? Money.of(order.totalCost(), order.currency()) : null;
	}

	private static String textOf(MessageEvent message) {
		String text = message.text();
		if (text != null && !text.isBlank()) {
			return text;
		}
		return message.attachments()
			.stream()
			.map((attachment) -> Labels.words(attachment.type().name()))
			.collect(Collectors.joining(", "));
	}

	private static String joined(@Nullable String... parts) {
		return Stream.of(parts).filter((part) -> part != null && !part.isBlank()).collect(Collectors.joining(" · "));
	}

}
