package io.pulsehook.inbox;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The short way of what is due as soon as it is stored: to a handler of this process that
 * has a place for it, without being looked for in the database first. What is on the way
 * counts as taken.
 */
final class Handoff {

	private final Map<String, Way> ways = new ConcurrentHashMap<>();

	private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

	// Says how many deliveries a handler has places for, those on the way included.
	void offer(String handler, int places) {
		way(handler).places = places;
	}

	// How many more deliveries of a handler may go this way. To be called by the writer,
	// as is all that follows.
	int places(String handler) {
		Way way = way(handler);
		return way.places - way.deliveries.size();
	}

	void begin(DueDelivery delivery) {
		way(delivery.handler()).deliveries.put(delivery.eventId(), delivery);
	}

	// Says that they were not stored, as far as is known.
	void undo(Collection<DueDelivery> begun) {
		for (DueDelivery delivery : begun) {
			this.doubtful.add(delivery.handler());
			end(delivery);
		}
	}

	// Says that it was received, or given back. To be called by any thread.
	void end(DueDelivery delivery) {
		way(delivery.handler()).deliveries.remove(delivery.eventId());
	}

	boolean isOnTheWay(String handler, long event) {
		return way(handler).deliveries.containsKey(event);
	}

	// What has not been received yet.
	List<DueDelivery> onTheWay() {
		return this.ways.values().stream().flatMap((way) -> way.deliveries.values().stream()).toList();
	}

	// Whether something was undone that may have been stored all the same.
	boolean isInDoubt(String handler) {
		return this.doubtful.contains(handler);
	}

	void endDoubt(String handler) {
		this.doubtful.remove(handler);
	}

	private Way way(String handler) {
		return this.ways.computeIfAbsent(handler, (key) -> new Way());
	}

	/**
	 * That of one handler.
	 */
	private static final class Way {

		private final Map<Long, DueDelivery> deliveries = new ConcurrentHashMap<>();

		private volatile int places;

	}

}
