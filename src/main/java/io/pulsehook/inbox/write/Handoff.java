package io.pulsehook.inbox.write;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * The short way of what is due as soon as it is stored: to a handler of this process that
 * has offered a place for it, without being looked for in the database first. What comes
 * this way is this process's, until it is received or has left again.
 */
public final class Handoff {

	/** Many times as long as it takes to offer again. */
	private static final long OFFER_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Map<String, Way> ways = new ConcurrentHashMap<>();

	// Says how many deliveries a handler has places for, those included that come
	// already; for a moment, since whoever receives them may be held up.
	public void offer(String handler, int places) {
		Way way = way(handler);
		way.places = places;
		way.offeredAt = System.nanoTime();
	}

	// How many more deliveries of a handler may come; none that would overtake what is
	// let go.
	int places(String handler) {
		Way way = way(handler);
		if (!way.leaving.isEmpty() || System.nanoTime() - way.offeredAt > OFFER_NANOS) {
			return 0;
		}
		// First, since a place that is taken is not offered any more before it is
		// received.
		int coming = way.coming.size();
		return way.places - coming;
	}

	void begin(DueDelivery delivery) {
		way(delivery.handler()).coming.put(delivery.eventId(), delivery);
	}

	// Whether it still comes; then it has arrived with that.
	public boolean receive(DueDelivery delivery) {
		return way(delivery.handler()).coming.remove(delivery.eventId()) != null;
	}

	// Says that what came is not wanted, or not known to be stored: the next transaction
	// lets it go.
	public void leave(Collection<DueDelivery> deliveries) {
		for (DueDelivery delivery : deliveries) {
			Way way = way(delivery.handler());
			way.leaving.put(delivery.eventId(), delivery);
			way.coming.remove(delivery.eventId());
		}
	}

	// What still comes to a handler.
	public List<DueDelivery> coming(String handler) {
		return List.copyOf(way(handler).coming.values());
	}

	// What still comes to any handler.
	public List<DueDelivery> coming() {
		return this.ways.values().stream().flatMap((way) -> way.coming.values().stream()).toList();
	}

	// What is to be let go, of all handlers.
	List<DueDelivery> leaving() {
		return this.ways.values().stream().flatMap((way) -> way.leaving.values().stream()).toList();
	}

	public boolean isLeaving(String handler) {
		return !way(handler).leaving.isEmpty();
	}

	public boolean isLeaving() {
		return this.ways.values().stream().anyMatch((way) -> !way.leaving.isEmpty());
	}

	// Says that they have been let go.
	void left(Collection<DueDelivery> deliveries) {
		deliveries.forEach((delivery) -> way(delivery.handler()).leaving.remove(delivery.eventId()));
	}

	// Whether this process has it, although no handler does.
	public boolean has(String handler, long event) {
		Way way = way(handler);
		return way.coming.containsKey(event) || way.leaving.containsKey(event);
	}

	private Way way(String handler) {
		return this.ways.computeIfAbsent(handler, (key) -> new Way());
	}

	/**
	 * That of one handler.
	 */
	private static final class Way {

		private final Map<Long, DueDelivery> coming = new ConcurrentHashMap<>();

		private final Map<Long, DueDelivery> leaving = new ConcurrentHashMap<>();

		private volatile long offeredAt = System.nanoTime();

		private volatile int places;

	}

}
