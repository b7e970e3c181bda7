package io.pulsehook.console.overview;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.pulsehook.console.overview.Payments.Summary;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.StorageFixture;
import io.pulsehook.receive.Receiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link Payments}.
 */
class PaymentsTests extends StorageFixture {

	private static final int AT_ONCE = 1_000;

	/** Sums are kept for twenty times as long as they took, which may be long once. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private Receiver receiver;

	private Payments payments;

	@BeforeEach
	void create() {
		EventReader reader = new EventReader();
		this.receiver = new Receiver(reader, this.storage.inbox(), AT_ONCE, ObservationRegistry.NOOP);
		this.payments = new Payments(this.storage.orders(), this.storage.events(), reader, this.clock);
	}

	@AfterEach
	void close() {
		this.payments.close();
	}

	@Test
	void countsEachOrderOnceByItsLatestChange() {
		send(order("a", 101, "10", "USD", ago(30)), order("b", 200, "1.500", "KWD", ago(20)));
		eventually(1, 60, new PaymentLine("Completed", "good", 1, List.of("1.500 KWD")),
				new PaymentLine("Pending", "neutral", 1, List.of("10.00 USD")));
		send(order("a", 200, "10", "USD", ago(10)), order("b", 101, "1.500", "KWD", ago(25)));
		eventually(1, 60, new PaymentLine("Completed", "good", 2, List.of("1.500 KWD", "10.00 USD")));
		assertThat(this.payments.of(1, 60).tests()).isEmpty();
	}

	@Test
	void forgetsOrdersThatTimeHasPassedOrThatAreErased() {
		send(order("a", 200, "10", "USD", ago(50)), order("b", 200, "7", "USD", ago(5)));
		eventually(1, 60, completed(2, "17.00 USD"));
		this.clock.advance(Duration.ofMinutes(20));
		eventually(1, 60, completed(1, "7.00 USD"));
		eventually(15, 96, completed(2, "17.00 USD"));
		this.storage.erasure().eraseAfter(0);
		eventually(1, 60);
	}

	@Test
	void countsOrdersFromTheFutureAndLargeEvents() {
		send(order("a", 200, "10", "USD", ago(-500)), order("b", 200, "1", "USD", "2099-12-31T23:59:59Z"));
		send(order("x".repeat(100_000), 200, "2", "USD", ago(1)));
		eventually(1, 60, completed(3, "13.00 USD"));
		this.clock.advance(Duration.ofMinutes(490));
		eventually(1, 60, completed(2, "11.00 USD"));
	}

	@Test
	void countsAllOrdersHoweverMany() {
		countsAll(3_000);
	}

	@Test
	@Tag("thorough")
	void countsAllOfAHundredThousandOrders() {
		countsAll(100_000);
	}

	private void countsAll(int orders) {
		for (int from = 0; from < orders; from += AT_ONCE) {
			send(IntStream.range(from, from + AT_ONCE)
				.mapToObj((order) -> order("o" + order, 200, "0.50", "USD", ago(order % 1_000)))
				.toArray(String[]::new));
		}
		Summary first = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.payments.of(360, 120), PaymentsTests::isCountedOrEmpty);
		assertThat(first.real()).containsExactly(completed(orders, "%,d.00 USD".formatted(orders / 2)));
	}

	// The first sums that are shown have to be those of all orders.
	private static boolean isCountedOrEmpty(Summary summary) {
		assertThat(summary.counted() || summary.real().isEmpty()).isTrue();
		return summary.counted();
	}

	private void eventually(int width, int steps, PaymentLine... lines) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.payments.of(width, steps)).matches(Summary::counted)
				.extracting(Summary::real)
				.isEqualTo(List.of(lines)));
	}

	private static PaymentLine completed(long orders, String sum) {
		return new PaymentLine("Completed", "good", orders, List.of(sum));
	}

	private String ago(int minutes) {
		return this.clock.instant().minus(Duration.ofMinutes(minutes)).toString();
	}

	private void send(String... orders) {
		String body = IntStream.range(0, orders.length)
			.mapToObj((order) -> orders[order])
			.collect(Collectors.joining(",", "[", "]"));
		this.receiver.receive("default", body.getBytes(StandardCharsets.UTF_8));
	}

	private static String order(String id, int status, String cost, String currency, String updatedAt) {
		return """
				{"order":{"id":"%s","status":%d,"totalCost":%s,"currency":"%s","type":1,"updatedAt":"%s"}}"""
			.formatted(id, status, cost, currency, Instant.parse(updatedAt));
	}

}
