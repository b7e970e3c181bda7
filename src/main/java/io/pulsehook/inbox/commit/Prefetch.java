package io.pulsehook.inbox.commit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * Deliveries that are claimed for a handler of this process by the transaction that
 * stores them, so that nobody has to query for them. A handler grants credits, as a
 * consumer does to a message broker; what is sent on a credit is in flight until the
 * handler receives it or it is rejected, and what was rejected is this process's until a
 * transaction has requeued it.
 */
public final class Prefetch {

	/** Many times as long as it takes to grant credits again. */
	private static final long CREDIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Map<String, Channel> channels = new ConcurrentHashMap<>();

	/**
	 * Grants credits to a handler for a second. They end so soon because whoever receives
	 * the deliveries may be held up.
	 * @param handler the handler's id
	 * @param credits how many deliveries it has room for, those in flight included
	 */
	public void grant(String handler, int credits) {
		Channel channel = channel(handler);
		channel.credits = credits;
		channel.grantedAt = System.nanoTime();
	}

	/**
	 * The number of further deliveries that may be sent to a handler: none while rejected
	 * ones wait to be requeued, since the new ones would overtake them.
	 */
	int credits(String handler) {
		Channel channel = channel(handler);
		if (!channel.rejected.isEmpty() || System.nanoTime() - channel.grantedAt > CREDIT_NANOS) {
			return 0;
		}
		// Count what is in flight before reading the credits: a delivery that is received
		// in between would otherwise count neither here nor as room that is taken.
		int inFlight = channel.inFlight.size();
		return channel.credits - inFlight;
	}

	/** Takes a credit for a delivery, which is in flight from now on. */
	void send(DueDelivery delivery) {
		channel(delivery.handler()).inFlight.put(delivery.eventId(), delivery);
	}

	/**
	 * Takes a delivery out of flight.
	 * @return {@code false} if it has been rejected meanwhile and must not be run
	 */
	public boolean receive(DueDelivery delivery) {
		return channel(delivery.handler()).inFlight.remove(delivery.eventId()) != null;
	}

	/**
	 * Refuses deliveries that are not wanted, or of which nobody knows whether they were
	 * committed: the next transaction requeues them.
	 */
	public void reject(Collection<DueDelivery> deliveries) {
		for (DueDelivery delivery : deliveries) {
			Channel channel = channel(delivery.handler());
			// Add before removing, so that holds() never misses it.
			channel.rejected.put(delivery.eventId(), delivery);
			channel.inFlight.remove(delivery.eventId());
		}
	}

	/** The deliveries that are in flight to a handler. */
	public List<DueDelivery> inFlight(String handler) {
		return List.copyOf(channel(handler).inFlight.values());
	}

	/** The deliveries that are in flight to any handler. */
	public List<DueDelivery> inFlight() {
		return this.channels.values().stream().flatMap((channel) -> channel.inFlight.values().stream()).toList();
	}

	/** The rejected deliveries of all handlers. */
	List<DueDelivery> rejected() {
		return this.channels.values().stream().flatMap((channel) -> channel.rejected.values().stream()).toList();
	}

	/** Whether deliveries of a handler wait to be requeued. */
	public boolean hasRejected(String handler) {
		return !channel(handler).rejected.isEmpty();
	}

	boolean hasRejected() {
		return this.channels.values().stream().anyMatch((channel) -> !channel.rejected.isEmpty());
	}

	/** Forgets rejected deliveries, which a committed transaction has requeued. */
	void requeued(Collection<DueDelivery> deliveries) {
		deliveries.forEach((delivery) -> channel(delivery.handler()).rejected.remove(delivery.eventId()));
	}

	/** Whether a delivery is this process's although no handler has received it. */
	public boolean holds(String handler, long event) {
		Channel channel = channel(handler);
		return channel.inFlight.containsKey(event) || channel.rejected.containsKey(event);
	}

	private Channel channel(String handler) {
		return this.channels.computeIfAbsent(handler, (key) -> new Channel());
	}

	/**
	 * What one handler was granted and is sent.
	 */
	private static final class Channel {

		private final Map<Long, DueDelivery> inFlight = new ConcurrentHashMap<>();

		private final Map<Long, DueDelivery> rejected = new ConcurrentHashMap<>();

		private volatile long grantedAt = System.nanoTime();

		private volatile int credits;

	}

}
