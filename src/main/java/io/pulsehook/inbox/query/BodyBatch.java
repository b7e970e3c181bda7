package io.pulsehook.inbox.query;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The bodies of some events, however many these are and however large. Those of a usual
 * size are read together. A body that has more than its share of the batch is read alone
 * when it is asked for, since many of them could fill the memory.
 */
public final class BodyBatch {

	/** How many bytes the bodies have that are read together. */
	static final int BYTES = 4 * 1024 * 1024;

	private final EventBodies bodies;

	private final QueryExecutor executor;

	private final Map<Long, byte[]> together;

	private BodyBatch(EventBodies bodies, QueryExecutor executor, Map<Long, byte[]> together) {
		this.bodies = bodies;
		this.executor = executor;
		this.together = together;
	}

	static BodyBatch read(EventBodies bodies, QueryExecutor executor, Collection<Long> events) {
		if (events.isEmpty()) {
			return new BodyBatch(bodies, executor, Map.of());
		}
		int share = BYTES / events.size();
		return new BodyBatch(bodies, executor, executor.read(() -> bodies.find(events, share)));
	}

	/**
	 * Tells whether a body has been read already.
	 * @param event the id of one of the events
	 * @return {@code false} if it is large, or if the event has been deleted
	 */
	public boolean isAtHand(long event) {
		return this.together.containsKey(event);
	}

	/**
	 * Returns the body of an event as it was received.
	 * @param event the id of one of the events
	 * @return the bytes; none if the event has been deleted
	 */
	public Optional<byte[]> of(long event) {
		byte[] body = this.together.get(event);
		return (body != null) ? Optional.of(body) : this.executor.read(() -> this.bodies.find(event));
	}

}
