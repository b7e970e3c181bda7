package io.pulsehook.console.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.model.DeliveryStatus;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.HandlerState;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvent;
import io.pulsehook.inbox.query.StoredEvents;

/**
 * Tells what the deliveries of an event wait for.
 */
public final class WaitReasons {

	private final StoredEvents events;

	private final Subscribers subscribers;

	public WaitReasons(StoredEvents events, Subscribers subscribers) {
		this.events = events;
		this.subscribers = subscribers;
	}

	/**
	 * Tells what a delivery waits for.
	 * @param event its event
	 * @param delivery the delivery
	 * @param status its status as the page shows it
	 * @param now the present
	 * @return the reasons, none if it does not wait
	 */
	public List<Reason> of(StoredEvent event, StoredDelivery delivery, DeliveryStatus status, Instant now) {
		if (status != DeliveryStatus.PENDING && status != DeliveryStatus.RETRYING) {
			return List.of();
		}
		List<Reason> reasons = new ArrayList<>();
		this.events.behind(delivery)
			.ifPresent((head) -> reasons.add(new Reason("It waits behind", head,
					(event.kind() == EventKind.PAYMENT) ? "of the same order." : "of the same contact.", null)));
		Map<String, HandlerState> states = this.subscribers.states();
		HandlerState state = states.getOrDefault(delivery.handler(), HandlerState.RUNNING);
		if (state.paused()) {
			reasons.add(Reason.plain("Its handler is paused."));
		}
		else if (state.mayProbe(now)) {
			reasons.add(Reason.plain("Its handler rests, and tries one delivery at a time."));
		}
		else if (state.restsUntil() != null) {
			reasons.add(new Reason("Its handler rests. It goes on at the earliest", null, "",
					Time.of(state.restsUntil(), now)));
		}
		return (reasons.isEmpty() && status == DeliveryStatus.PENDING) ? turn(delivery, now) : reasons;
	}

	private static List<Reason> turn(StoredDelivery delivery, Instant now) {
		Instant due = delivery.dueAt();
		if (due != null && due.isAfter(now)) {
			return List
				.of(new Reason("Its handler takes events after a delay. It begins", null, "", Time.of(due, now)));
		}
		return List.of(Reason.plain("It begins as soon as its handler is free and its rate allows it."));
	}

	/**
	 * Why a delivery has not begun.
	 *
	 * @param text the beginning of the sentence
	 * @param event the event that the sentence goes on with, or {@code null}
	 * @param rest the end of the sentence
	 * @param until the time that the sentence ends with, or {@code null}
	 */
	public record Reason(String text, @Nullable Long event, String rest, @Nullable Time until) {

		private static Reason plain(String text) {
			return new Reason(text, null, "", null);
		}

	}

}
