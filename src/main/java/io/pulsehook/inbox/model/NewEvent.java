package io.pulsehook.inbox.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.filter.EventFacts;

/**
 * One element of a webhook that is about to be stored: its bytes, and the fields that
 * were read from them when they were received.
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
 * @param identity by what a redelivery is recognised
 * @param occurredAt the event's own time, or {@code null} when it has no usable one
 * @param reason why it was not recognised, {@code null} for every other event
 * @param body the element's bytes as they came in
 * @param statusRank the rank of a payment's status, 0 for every other event: of two
 * states of an order with the same time, the one with the higher rank is the later
 * @param facts what the filters of handlers ask
 * @param arrivedAt when the webhook arrived, if it waited elsewhere before it is stored,
 * or {@code null} if it is stored as it arrives
 */
public record NewEvent(String source, EventKind kind, String type, @Nullable String title, @Nullable String service,
		@Nullable String bot, @Nullable String contact, @Nullable Long orderingKey, Identity identity,
		@Nullable Instant occurredAt, @Nullable String reason, byte[] body, int statusRank, EventFacts facts,
		@Nullable Instant arrivedAt) {

	// Makes an event that is stored as it arrives.
	public NewEvent(String source, EventKind kind, String type, @Nullable String title, @Nullable String service,
			@Nullable String bot, @Nullable String contact, @Nullable Long orderingKey, Identity identity,
			@Nullable Instant occurredAt, @Nullable String reason, byte[] body, int statusRank, EventFacts facts) {
		this(source, kind, type, title, service, bot, contact, orderingKey, identity, occurredAt, reason, body,
				statusRank, facts, null);
	}

	// Makes an event that no filter keeps away.
	public NewEvent(String source, EventKind kind, String type, @Nullable String title, @Nullable String service,
			@Nullable String bot, @Nullable String contact, @Nullable Long orderingKey, Identity identity,
			@Nullable Instant occurredAt, @Nullable String reason, byte[] body, int statusRank) {
		this(source, kind, type, title, service, bot, contact, orderingKey, identity, occurredAt, reason, body,
				statusRank, EventFacts.NONE);
	}

	// Returns the same event under another type.
	public NewEvent as(String otherType) {
		if (otherType.equals(this.type)) {
			return this;
		}
		return new NewEvent(this.source, this.kind, otherType, this.title, this.service, this.bot, this.contact,
				this.orderingKey, this.identity, this.occurredAt, this.reason, this.body, this.statusRank, this.facts,
				this.arrivedAt);
	}

	// Returns the same event, which waited elsewhere since its webhook arrived. The
	// database keeps milliseconds.
	public NewEvent arrivedAt(Instant arrival) {
		return new NewEvent(this.source, this.kind, this.type, this.title, this.service, this.bot, this.contact,
				this.orderingKey, this.identity, this.occurredAt, this.reason, this.body, this.statusRank, this.facts,
				arrival.truncatedTo(ChronoUnit.MILLIS));
	}

	// Returns when the webhook arrived: now, unless it waited elsewhere.
	public Instant arrival(Instant now) {
		return (this.arrivedAt != null) ? this.arrivedAt : now;
	}

	// Returns the event's own time, or that of its arrival if it has none.
	public Instant occurredAt(Instant now) {
		return (this.occurredAt != null) ? this.occurredAt : arrival(now);
	}

	// Tells whether it is a state of an order that can be older or newer than another.
	public boolean isOrderState() {
		return this.kind == EventKind.PAYMENT && this.orderingKey != null && this.occurredAt != null;
	}

	/**
	 * Tells whether Pulsehook itself made the event.
	 * @return {@code true} for an alert
	 */
	public boolean isAlert() {
		return this.kind == EventKind.ALERT;
	}

	/**
	 * The identity by which a redelivered element is recognised.
	 *
	 * @param key the bytes that are equal for equal elements; they start with the
	 * element's own date, so that neighbours in time are neighbours in the index
	 * @param windowed whether equal keys mean the same element only within {@code
	 * pulsehook.dedup-window}, because two people can cause equal elements
	 */
	public record Identity(byte[] key, boolean windowed) {

	}

}
