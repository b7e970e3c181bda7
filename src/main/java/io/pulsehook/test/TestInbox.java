package io.pulsehook.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.inbox.Deliveries;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.model.Rate;
import io.pulsehook.inbox.model.RestChange;
import io.pulsehook.inbox.query.DeliveryPage;
import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;
import io.pulsehook.inbox.upkeep.Erasure;

/**
 * The part of the inbox that a test sees: what has been received since it began.
 */
final class TestInbox {

	private static final int PAGE = 500;

	private final StoredEvents events;

	private final Erasure erasure;

	private final Deliveries deliveries;

	private final Subscribers subscribers;

	private final DeliveryStates states;

	/** The last event that was received before the test began. */
	private final long last;

	TestInbox(StoredEvents events, Erasure erasure, Deliveries deliveries, Subscribers subscribers,
			DeliveryStates states) {
		this.events = events;
		this.erasure = erasure;
		this.deliveries = deliveries;
		this.subscribers = subscribers;
		this.states = states;
		this.last = newest();
	}

	private long newest() {
		return this.events.page(EventFilter.ALL, null, 1)
			.events()
			.stream()
			.mapToLong(StoredEvent::id)
			.findFirst()
			.orElse(0);
	}

	/**
	 * Erases all that was received, and lets handlers go on that rest because of it.
	 */
	void clear() {
		this.erasure.eraseAfter(this.last);
		this.subscribers.states().forEach((handler, state) -> {
			if (state.rest() != null) {
				this.deliveries.changeRest(handler, new RestChange.End()).join();
			}
		});
	}

	/**
	 * Lists what was received.
	 * @return all deliveries, in the order of receipt
	 */
	List<TestDelivery> deliveries() {
		DeliveryStates.Snapshot snapshot = this.states.snapshot();
		return list(Among.ALL).stream().map((delivery) -> delivery(delivery, snapshot)).toList();
	}

	/**
	 * Lists what has not ended.
	 * @return the unfinished deliveries, in the order of receipt
	 */
	List<StoredDelivery> unfinished() {
		return list(Among.UNFINISHED);
	}

	/**
	 * Tells whether a handler is at work on anything.
	 * @return {@code true} if so
	 */
	boolean isAtWork() {
		return !this.states.running().isEmpty();
	}

	/**
	 * Tells when the first of some deliveries may begin: when it is due, but not while
	 * its handler rests, and a little later than now if it is due but may have to wait
	 * because of its handler's rate.
	 * @param open unfinished deliveries
	 * @param now the time
	 * @return the time, or {@code null} if all wait behind others of their keys
	 */
	@Nullable Instant firstBeginning(List<StoredDelivery> open, Instant now) {
		Map<String, HandlerState> states = this.subscribers.states();
		Map<String, Duration> paces = paces();
		return open.stream()
			.map((delivery) -> beginning(delivery, states.getOrDefault(delivery.handler(), HandlerState.RUNNING),
					now.plus(paces.getOrDefault(delivery.handler(), Duration.ZERO))))
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	// Half of the timeout at most, since a handler may begin just then.
	private Map<String, Duration> paces() {
		Map<String, Duration> paces = new HashMap<>();
		this.states.handlers().forEach((handler) -> {
			Rate rate = handler.settings().rate();
			if (rate != null) {
				Duration apart = rate.period().dividedBy(rate.permits());
				Duration most = handler.settings().timeout().dividedBy(2);
				paces.put(handler.id(), (apart.compareTo(most) < 0) ? apart : most);
			}
		});
		return paces;
	}

	private static @Nullable Instant beginning(StoredDelivery delivery, HandlerState state, Instant earliest) {
		Instant due = delivery.dueAt();
		if (due == null) {
			return null;
		}
		Instant rested = (state.restsUntil() != null) ? state.restsUntil() : due;
		return Collections.max(List.of(due, rested, earliest));
	}

	/**
	 * Tells how far a delivery is.
	 * @param delivery the delivery
	 * @return its status, with a reason why it does not go on where there is one
	 */
	String explain(StoredDelivery delivery) {
		DeliveryStatus status = delivery(delivery, this.states.snapshot()).status();
		HandlerState state = this.subscribers.states().getOrDefault(delivery.handler(), HandlerState.RUNNING);
		if (state.paused()) {
			return "its handler is paused";
		}
		if (state.isResting()) {
			return "its handler rests until " + state.restsUntil();
		}
		return switch (status) {
			case ORPHANED -> "there is no such handler in this context";
			case RUNNING -> "its handler has been called and has not returned";
			case HUNG -> "its handler was interrupted after its timeout and does not return";
			default -> (delivery.dueAt() != null) ? status.code() + ", due at " + delivery.dueAt()
					: "waits behind an earlier event of the same contact or order";
		};
	}

	private static TestDelivery delivery(StoredDelivery delivery, DeliveryStates.Snapshot snapshot) {
		return new TestDelivery(delivery.eventId(), delivery.handler(), snapshot.of(delivery), delivery.attempts(),
				delivery.putOffs(), delivery.lastError());
	}

	// Pages list the newest first, but a test expects the order of receipt.
	private List<StoredDelivery> list(Among among) {
		List<StoredDelivery> found = new ArrayList<>();
		DeliveryPage.@Nullable Cursor next = null;
		do {
			DeliveryPage page = this.events.deliveries(among, next, PAGE, (delivery) -> delivery.eventId() > this.last);
			found.addAll(page.deliveries());
			next = page.next();
		}
		while (next != null && next.eventId() > this.last);
		Collections.reverse(found);
		return found;
	}

}
