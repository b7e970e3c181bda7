package io.pulsehook.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.pulsehook.dispatch.DeliveryStates;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.query.DeliveryPage;
import io.pulsehook.inbox.query.DeliveryPage.Among;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvent;

/**
 * The part of the inbox that a test sees: what has been received since it began.
 */
final class TestInbox {

	private static final int PAGE = 500;

	private final Inbox inbox;

	private final DeliveryStates states;

	/** The last event that is none of the test's. */
	private final long last;

	TestInbox(Inbox inbox, DeliveryStates states) {
		this.inbox = inbox;
		this.states = states;
		this.last = newest();
	}

	private long newest() {
		return this.inbox.events()
			.page(EventFilter.ALL, null, 1)
			.events()
			.stream()
			.mapToLong(StoredEvent::id)
			.findFirst()
			.orElse(0);
	}

	/**
	 * Forgets all that was received.
	 */
	void clear() {
		this.inbox.erasure().eraseAfter(this.last);
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
	 * Whether a handler is at work on anything.
	 * @return {@code true} if so
	 */
	boolean isAtWork() {
		return !this.states.running().isEmpty();
	}

	/**
	 * Tells how far a delivery is.
	 * @param delivery the delivery
	 * @return its status, with a reason why it does not go on where there is one
	 */
	String explain(StoredDelivery delivery) {
		TestDelivery.Status status = delivery(delivery, this.states.snapshot()).status();
		if (this.inbox.pausedHandlers().contains(delivery.handler())) {
			return "its handler is paused";
		}
		return switch (status) {
			case ORPHANED -> "there is no such handler in this context";
			case RUNNING -> "its handler has been called and has not returned";
			case HUNG -> "its handler was interrupted after its timeout and does not return";
			default -> (delivery.dueAt() != null) ? word(status) + ", due at " + delivery.dueAt()
					: "waits behind an earlier event of the same contact or order";
		};
	}

	private static String word(TestDelivery.Status status) {
		return status.name().toLowerCase(Locale.ROOT);
	}

	private static TestDelivery delivery(StoredDelivery delivery, DeliveryStates.Snapshot snapshot) {
		return new TestDelivery(delivery.eventId(), delivery.handler(),
				TestDelivery.Status.valueOf(snapshot.of(delivery).toUpperCase(Locale.ROOT)), delivery.attempts(),
				delivery.lastError());
	}

	// Pages begin with the newest.
	private List<StoredDelivery> list(Among among) {
		List<StoredDelivery> found = new ArrayList<>();
		DeliveryPage.@Nullable Cursor next = null;
		do {
			DeliveryPage page = this.inbox.events()
				.deliveries(among, next, PAGE, (delivery) -> delivery.eventId() > this.last);
			found.addAll(page.deliveries());
			next = page.next();
		}
		while (next != null && next.eventId() > this.last);
		Collections.reverse(found);
		return found;
	}

}
