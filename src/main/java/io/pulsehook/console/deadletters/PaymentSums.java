package io.pulsehook.console.deadletters;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.query.BodyBatch;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.triage.DeadLetter;

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
	 * Tells what the payments among some letters are about. They are all there even if
	 * another thread has them forgotten meanwhile.
	 * @return the sums by their events, without tests and what has been deleted
	 */
	Map<Long, Sum> of(List<DeadLetter> letters) {
		Map<Long, Sum> sums = new HashMap<>();
		Set<Long> unknown = new LinkedHashSet<>();
		letters.stream().filter(PaymentSums::isPayment).map(DeadLetter::event).forEach((event) -> {
			Sum sum = this.known.get(event);
			if (sum != null) {
				sums.put(event, sum);
			}
			else {
				unknown.add(event);
			}
		});
		List<Long> events = List.copyOf(unknown);
		for (int read = 0; read < events.size(); read += AT_ONCE) {
			read(events.subList(read, Math.min(read + AT_ONCE, events.size())), sums);
		}
		this.known.putAll(sums);
		sums.values().removeIf((sum) -> sum == Sum.NONE);
		return sums;
	}

	private void read(List<Long> events, Map<Long, Sum> sums) {
		BodyBatch bodies = this.events.bodies(events);
		for (long event : events) {
			bodies.of(event).ifPresent((body) -> sums.put(event, sum(body)));
		}
	}

	private Sum sum(byte[] body) {
		if (this.reader.read(body) instanceof PaymentOrder order && order.totalCost() != null && !order.isTest()) {
			return new Sum(order.totalCost(), Objects.toString(order.currency(), ""));
		}
		return Sum.NONE;
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
