package io.pulsehook.console.overview;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import io.pulsehook.event.EventReader;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.query.BodyBatch;
import io.pulsehook.inbox.query.PaymentOrders;
import io.pulsehook.inbox.query.PaymentOrders.Change;
import io.pulsehook.inbox.query.PaymentOrders.Slice;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Counts the orders of a period that ends now. It keeps the totals of slices of time, and
 * reads only the events of those slices whose orders are no longer the same. It is used
 * by one thread at a time.
 */
final class PaymentSlices {

	private static final int AT_ONCE = 250;

	/**
	 * Orders can change between two slices that are read one after the other, and are
	 * then in both or in none. All slices are therefore compared until they have stayed
	 * the same, unless orders change faster than they are read.
	 */
	private static final int MOST_ROUNDS = 10;

	private final PaymentOrders orders;

	private final StoredEvents events;

	private final EventReader reader;

	private final InstantSource clock;

	private final long width;

	private final int steps;

	private final Map<Long, Counted> slices = new HashMap<>();

	PaymentSlices(PaymentOrders orders, StoredEvents events, EventReader reader, InstantSource clock, long width,
			int steps) {
		this.orders = orders;
		this.events = events;
		this.reader = reader;
		this.clock = clock;
		this.width = width;
		this.steps = steps;
	}

	PaymentTotals count() {
		boolean changed = true;
		for (int round = 0; changed && round < MOST_ROUNDS; round++) {
			changed = update();
		}
		PaymentTotals all = new PaymentTotals();
		this.slices.values().forEach((slice) -> all.add(slice.totals()));
		return all;
	}

	// Reads the slices that have changed, and tells whether there were any.
	private boolean update() {
		long last = this.clock.millis() / this.width;
		Map<Long, Slice> present = this.orders.slices(last - this.steps + 1, last, this.width);
		boolean changed = this.slices.keySet().retainAll(present.keySet());
		for (Map.Entry<Long, Slice> slice : present.entrySet()) {
			Counted known = this.slices.get(slice.getKey());
			if (known == null || !known.slice().equals(slice.getValue())) {
				this.slices.put(slice.getKey(), read(slice.getKey(), last));
				changed = true;
			}
		}
		return changed;
	}

	private Counted read(long number, long last) {
		if (number == PaymentOrders.LATER) {
			return read((last + 1) * this.width, Long.MAX_VALUE, new PaymentTotals());
		}
		return read(number * this.width, (number + 1) * this.width, new PaymentTotals());
	}

	private Counted read(long begin, long end, PaymentTotals totals) {
		long orders = 0;
		long sum = 0;
		List<Change> changes = this.orders.changed(Change.before(begin), end, AT_ONCE);
		while (!changes.isEmpty()) {
			add(changes, totals);
			orders += changes.size();
			sum += changes.stream().mapToLong(Change::event).sum();
			changes = this.orders.changed(changes.get(changes.size() - 1), end, AT_ONCE);
		}
		return new Counted(new Slice(orders, sum), totals);
	}

	private void add(List<Change> changes, PaymentTotals totals) {
		if (Thread.currentThread().isInterrupted()) {
			throw new CancellationException("The console is being closed");
		}
		List<Long> ids = changes.stream().map(Change::event).toList();
		BodyBatch bodies = this.events.bodies(ids);
		for (long id : ids) {
			if (bodies.of(id).map(this.reader::read).orElse(null) instanceof PaymentOrder order) {
				totals.add(order);
			}
		}
	}

	/**
	 * A slice that has been counted.
	 *
	 * @param slice what it had
	 * @param totals what that came to
	 */
	private record Counted(Slice slice, PaymentTotals totals) {

	}

}
