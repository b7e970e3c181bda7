package io.pulsehook.console.event;

import java.util.List;
import java.util.Objects;

import io.pulsehook.console.format.Labels;
import io.pulsehook.event.Event;
import io.pulsehook.event.PaymentOrder;

/**
 * Lists what a payment tells beside what each event does.
 */
public final class PaymentFacts {

	private PaymentFacts() {
	}

	public static List<Fact> of(Event event) {
		if (!(event instanceof PaymentOrder order)) {
			return List.of();
		}
		return List.of(new Fact("Order", order.id()),
				new Fact("Payment", Labels.words(order.status().name()) + " (" + order.statusCode() + ")"),
				new Fact("Sum", Objects.requireNonNullElse(EventSummary.cost(order), "unknown")),
				new Fact("Kind", order.isTest() ? "a test" : "real"));
	}

	/**
	 * A field of an event, as the page lists it.
	 *
	 * @param name its name
	 * @param value its value
	 */
	public record Fact(String name, String value) {

	}

}
