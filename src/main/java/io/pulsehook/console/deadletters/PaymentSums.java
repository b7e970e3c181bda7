package io.pulsehook.console.deadletters;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.query.DeadLetter;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Tells how much money the payments are about that are dead letters. Events never change,
 * so that each is read once and remembered for as long as it is dead.
 */
final class PaymentSums {

	private static final String PAYMENT = PaymentOrder.class.getSimpleName();

	private static final int AT_ONCE = 250;

	private final StoredEvents events;

	private final EventReader reader;

	private final Map<Long, Sum> known = new ConcurrentHashMap<>();

	PaymentSums(StoredEvents events, EventReader reader) {
		this.events = events;
		this.reader = reader;
	}

	/**
	 * Reads the payments among some letters.
	 */
	void read(List<DeadLetter> letters) {
		List<Long> unknown = letters.stream()
			.filter(PaymentSums::isPayment)
			.map(DeadLetter::event)
			.filter((event) -> !this.known.containsKey(event))
			.distinct()
			.toList();
		for (int read = 0; read < unknown.size(); read += AT_ONCE) {
			this.events.bodies(unknown.subList(read, Math.min(read + AT_ONCE, unknown.size())), Integer.MAX_VALUE)
				.forEach((event, body) -> this.known.put(event, sum(body)));
		}
	}

	private Sum sum(byte[] body) {
		if (this.reader.read(body) instanceof PaymentOrder order && order.totalCost() != null && !order.isTest()) {
			return new Sum(order.totalCost(), Objects.toString(order.currency(), ""));
		}
		return Sum.NONE;
	}

	/**
	 * Returns what a letter is about.
	 * @return the sum; {@code null} if it is no payment, a test, or has been deleted
	 */
	@Nullable Sum of(DeadLetter letter) {
		Sum sum = isPayment(letter) ? this.known.get(letter.event()) : null;
		return (sum != Sum.NONE) ? sum : null;
	}

	/**
	 * Forgets all payments but some.
	 */
	void retain(Set<Long> events) {
		this.known.keySet().retainAll(events);
	}

	static boolean isPayment(DeadLetter letter) {
		return letter.type().equals(PAYMENT);
	}

	/**
	 * A sum of money.
	 *
	 * @param amount how much
	 * @param currency of which currency; empty if the payment names none
	 */
	record Sum(BigDecimal amount, String currency) {

		private static final Sum NONE = new Sum(BigDecimal.ZERO, "");

	}

}
