package io.pulsehook.inbox.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One element of a webhook as it is about to be kept: its bytes and what was read from
 * them once, at the edge.
 *
 * @param source the source whose token the request carried
 * @param kind what it is about
 * @param type the simple name of the record, such as {@code IncomingMessage}
 * @param title the title as sent, or {@code null}
 * @param service the code of the service, as sent where it is none of those known, or
 * {@code null}
 * @param bot the bot's id, or {@code null}
 * @param contact the contact's id, or {@code null}
 * @param orderingKey a hash of what the event is ordered by, or {@code null} for an event
 * without order
 * @param identity what makes a redelivery recognisable
 * @param occurredAt the event's own time, or {@code null} when it has no usable one
 * @param reason why it was not recognised, {@code null} for every other event
 * @param body the element's bytes as they came in
 * @param statusRank of a payment how far its status is: of two states of an order with
 * the same time, the one with the higher rank is the later; 0 for every other event
 */
public record NewEvent(String source, EventKind kind, String type, @Nullable String title, @Nullable String service,
		@Nullable String bot, @Nullable String contact, @Nullable Long orderingKey, Identity identity,
		@Nullable Instant occurredAt, @Nullable String reason, byte[] body, int statusRank) {

	// The same event by another type.
	public NewEvent as(String otherType) {
		if (otherType.equals(this.type)) {
			return this;
		}
		return new NewEvent(this.source, this.kind, otherType, this.title, this.service, this.bot, this.contact,
				this.orderingKey, this.identity, this.occurredAt, this.reason, this.body, this.statusRank);
	}

	// Its own time, or another one when it has none.
	public Instant occurredAt(Instant otherwise) {
		return (this.occurredAt != null) ? this.occurredAt : otherwise;
	}

	// Whether it tells a state of an order that can be older or newer than another.
	public boolean isOrderState() {
		return this.kind == EventKind.PAYMENT && this.orderingKey != null && this.occurredAt != null;
	}

	/**
	 * Whether it is the application's own.
	 * @return {@code true} for an alert
	 */
	public boolean isAlert() {
		return this.kind == EventKind.ALERT;
	}

	/**
	 * What makes a redelivered element recognisable.
	 *
	 * @param key the bytes that are equal for equal elements; they start with the
	 * element's own date, so that neighbours in time are neighbours in the index
	 * @param windowed whether equal keys mean the same element only within
	 * {@code pulsehook.dedup-window}, because nothing in the element itself tells it from
	 * another person's
	 */
	public record Identity(byte[] key, boolean windowed) {

	}

}
