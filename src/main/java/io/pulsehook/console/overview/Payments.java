package io.pulsehook.console.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.query.PaymentOrders;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.threads.BackgroundValue;
import io.pulsehook.threads.BackgroundValue.Known;

/**
 * Sums up the payments: each order counts once, by its latest change. Sums are complete
 * or are not shown. If there are many orders, they are counted in the background, and the
 * sums are those of a moment ago.
 */
public final class Payments implements AutoCloseable {

	/** Sums that are no older than this are shown as those of now. */
	private static final Duration NOW = Duration.ofSeconds(10);

	private final PaymentOrders orders;

	private final StoredEvents events;

	private final EventReader reader;

	private final InstantSource clock;

	private final ExecutorService threads;

	private final Map<Period, BackgroundValue<PaymentTotals>> periods = new ConcurrentHashMap<>();

	public Payments(PaymentOrders orders, StoredEvents events, EventReader reader, InstantSource clock) {
		this.orders = orders;
		this.events = events;
		this.reader = reader;
		this.clock = clock;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("pulsehook-payments-");
		factory.setDaemon(true);
		this.threads = Executors.newCachedThreadPool(factory);
	}

	/**
	 * Sums up the orders that have changed in a period which ends now, in steps as those
	 * of the chart.
	 * @param width the minutes of a step
	 * @param steps how many steps, the one under way included
	 * @return the sums
	 */
	public Summary of(int width, int steps) {
		Known<PaymentTotals> count = this.periods.computeIfAbsent(new Period(width, steps), this::counter).get();
		return (count != null) ? Summary.of(count, this.clock.instant()) : Summary.UNKNOWN;
	}

	private BackgroundValue<PaymentTotals> counter(Period period) {
		PaymentSlices slices = new PaymentSlices(this.orders, this.events, this.reader, this.clock,
				TimeUnit.MINUTES.toMillis(period.width()), period.steps());
		return new BackgroundValue<>(slices::count, this.threads, this.clock);
	}

	/** Has what is still being counted given up. */
	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	private record Period(int width, int steps) {

	}

	/**
	 * The sums of the payments.
	 *
	 * @param counted whether they have been counted, which they are not yet otherwise
	 * @param real the payments by status
	 * @param tests the tests by status
	 * @param asOf when they were counted, or {@code null} if that is now
	 */
	public record Summary(boolean counted, List<PaymentLine> real, List<PaymentLine> tests, @Nullable Time asOf) {

		private static final Summary UNKNOWN = new Summary(false, List.of(), List.of(), null);

		private static Summary of(Known<PaymentTotals> count, Instant now) {
			boolean recent = Duration.between(count.at(), now).compareTo(NOW) < 0;
			return new Summary(true, count.value().lines(false), count.value().lines(true),
					recent ? null : Time.of(count.at(), now));
		}

	}

}
