package io.pulsehook.console.overview;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Money;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.PaymentStatus;

/**
 * Adds up what orders cost, by status and currency. Its size grows with the number of
 * those, and not with the number of orders.
 */
final class PaymentTotals {

	private final Map<Kind, Total> totals = new HashMap<>();

	void add(PaymentOrder order) {
		Kind kind = new Kind(order.isTest(), order.status(), order.statusCode(),
				Objects.requireNonNullElse(order.currency(), ""));
		add(kind, new Total(1, Objects.requireNonNullElse(order.totalCost(), BigDecimal.ZERO)));
	}

	void add(PaymentTotals others) {
		others.totals.forEach(this::add);
	}

	private void add(Kind kind, Total total) {
		this.totals.merge(kind, total, Total::plus);
	}

	/**
	 * Returns a line for each status.
	 * @param tests whether to list test payments instead of real ones
	 * @return the lines, the status with the most orders first
	 */
	List<PaymentLine> lines(boolean tests) {
		return this.totals.entrySet()
			.stream()
			.filter((total) -> total.getKey().test() == tests)
			.collect(Collectors.groupingBy((total) -> total.getKey().code()))
			.values()
			.stream()
			.map(PaymentTotals::line)
			.sorted(Comparator.comparingLong(PaymentLine::orders).reversed().thenComparing(PaymentLine::status))
			.toList();
	}

	private static PaymentLine line(List<Map.Entry<Kind, Total>> totals) {
		Kind first = totals.get(0).getKey();
		String name = Labels.payment(first.status(), first.code());
		Map<String, BigDecimal> sums = new TreeMap<>();
		totals.forEach((total) -> sums.merge(total.getKey().currency(), total.getValue().cost(), BigDecimal::add));
		long orders = totals.stream().mapToLong((total) -> total.getValue().orders()).sum();
		return new PaymentLine(name, tone(first.status()), orders,
				sums.entrySet().stream().map((sum) -> Money.of(sum.getValue(), sum.getKey())).toList());
	}

	private static String tone(PaymentStatus status) {
		return switch (status) {
			case COMPLETED -> "good";
			case DENIED, ERROR, CANCELED, RETURNED_BY_SELLER, RETURNED_BY_PAYMENT_SYSTEM, PARTIALLY_RETURNED -> "bad";
			default -> "neutral";
		};
	}

	private record Kind(boolean test, PaymentStatus status, String code, String currency) {

	}

	private record Total(long orders, BigDecimal cost) {

		private Total plus(Total other) {
			return new Total(this.orders + other.orders, this.cost.add(other.cost));
		}

	}

}
