package io.pulsehook.console.overview;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Money;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.PaymentStatus;
import io.pulsehook.inbox.query.PaymentOrders;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Sums up the payments: each order counts once, by its latest change. Events never
 * change, so that each is read once and remembered. One view reads only for a moment; if
 * that is not enough, its sums are incomplete, and the next view goes on from there.
 */
public final class Payments {

	private static final int MOST_ORDERS = 20_000;

	private static final int AT_ONCE = 250;

	private static final int LARGEST_BODY = 64 * 1024;

	private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final PaymentOrders orders;

	private final StoredEvents events;

	private final EventReader reader;

	private final Map<Long, Payment> known = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, Payment> eldest) {
			return size() > 2 * MOST_ORDERS;
		}

	};

	public Payments(PaymentOrders orders, StoredEvents events, EventReader reader) {
		this.orders = orders;
		this.events = events;
		this.reader = reader;
	}

	public synchronized Summary since(Instant time) {
		List<Long> orders = this.orders.changedSince(time, MOST_ORDERS + 1);
		boolean all = orders.size() <= MOST_ORDERS;
		List<Long> unknown = orders.stream().filter((event) -> !this.known.containsKey(event)).toList();
		long deadline = System.nanoTime() + MAX_NANOS;
		int read = 0;
		while (read < unknown.size() && System.nanoTime() < deadline) {
			int end = Math.min(read + AT_ONCE, unknown.size());
			remember(unknown.subList(read, end));
			read = end;
		}
		List<Payment> payments = new ArrayList<>();
		for (Long event : orders) {
			Payment payment = this.known.get(event);
			if (payment != null && payment != Payment.NONE) {
				payments.add(payment);
			}
		}
		return Summary.of(payments, all && read == unknown.size());
	}

	private void remember(List<Long> events) {
		Map<Long, byte[]> bodies = this.events.bodies(events, LARGEST_BODY);
		for (Long event : events) {
			byte[] body = bodies.get(event);
			this.known.put(event, (body != null && this.reader.read(body) instanceof PaymentOrder order)
					? Payment.of(order) : Payment.NONE);
		}
	}

	/**
	 * The fields of a payment that are counted.
	 *
	 * @param status its status
	 * @param code the status as sent
	 * @param cost its cost
	 * @param currency the currency
	 * @param test whether it is a test
	 */
	private record Payment(PaymentStatus status, String code, BigDecimal cost, String currency, boolean test) {

		private static final Payment NONE = new Payment(PaymentStatus.UNKNOWN, "", BigDecimal.ZERO, "", false);

		private static Payment of(PaymentOrder order) {
			return new Payment(order.status(), order.statusCode(), orZero(order.totalCost()),
					(order.currency() != null) ? order.currency() : "", order.isTest());
		}

		private static BigDecimal orZero(@Nullable BigDecimal cost) {
			return (cost != null) ? cost : BigDecimal.ZERO;
		}

	}

	/**
	 * The sums of the payments.
	 *
	 * @param real the payments by status
	 * @param tests the tests by status
	 * @param complete whether all orders of the period are counted
	 */
	public record Summary(List<Line> real, List<Line> tests, boolean complete) {

		private static Summary of(List<Payment> payments, boolean complete) {
			Map<Boolean, List<Payment>> byTest = payments.stream().collect(Collectors.partitioningBy(Payment::test));
			return new Summary(lines(byTest.getOrDefault(false, List.of())),
					lines(byTest.getOrDefault(true, List.of())), complete);
		}

		private static List<Line> lines(List<Payment> payments) {
			return payments.stream()
				.collect(Collectors.groupingBy(Payment::code))
				.values()
				.stream()
				.map(Line::of)
				.sorted(Comparator.comparingLong(Line::orders).reversed())
				.toList();
		}

	}

	/**
	 * The payments of one status.
	 *
	 * @param status the name of the status
	 * @param tone {@code good}, {@code bad} or {@code neutral}
	 * @param orders how many orders have it
	 * @param sums what they cost, by currency
	 */
	public record Line(String status, String tone, long orders, List<String> sums) {

		private static Line of(List<Payment> payments) {
			PaymentStatus status = payments.get(0).status();
			String name = (status != PaymentStatus.UNKNOWN) ? Labels.words(status.name())
					: "Status " + payments.get(0).code();
			Map<String, BigDecimal> sums = new TreeMap<>();
			payments.forEach((payment) -> sums.merge(payment.currency(), payment.cost(), BigDecimal::add));
			return new Line(name, tone(status), payments.size(),
					sums.entrySet().stream().map((sum) -> Money.of(sum.getValue(), sum.getKey())).toList());
		}

		private static String tone(PaymentStatus status) {
			return switch (status) {
				case COMPLETED -> "good";
				case DENIED, ERROR, CANCELED, RETURNED_BY_SELLER, RETURNED_BY_PAYMENT_SYSTEM, PARTIALLY_RETURNED ->
					"bad";
				default -> "neutral";
			};
		}

	}

}
