package io.pulsehook.inbox.query;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.Ids;

/**
 * A page of deliveries, those of the newest events first.
 *
 * @param deliveries the deliveries, possibly none although there is a next page
 * @param next the delivery before which the next page begins, or {@code null} at the end
 */
public record DeliveryPage(List<StoredDelivery> deliveries, @Nullable Cursor next) {

	/**
	 * A place in the list of deliveries.
	 *
	 * @param eventId the event's id
	 * @param handler the handler's id
	 */
	public record Cursor(long eventId, String handler) {

		/**
		 * Reads a place that {@link #toString()} has written.
		 * @param text the text
		 * @return the place, or nothing if the text is invalid
		 */
		public static Optional<Cursor> parse(String text) {
			int separator = text.indexOf('-');
			return Ids.parse(text.substring(0, Math.max(separator, 0)))
				.map((eventId) -> new Cursor(eventId, text.substring(separator + 1)));
		}

		/** Returns the place as text, which clients of the API send back. */
		@Override
		public String toString() {
			return this.eventId + "-" + this.handler;
		}

	}

	/**
	 * The deliveries among which a list searches. Unfinished and dead ones have an index
	 * of their own, since they are few.
	 */
	public enum Among {

		/** All deliveries. */
		ALL("true"),

		/** Deliveries that are neither done nor dead. */
		UNFINISHED("d.finished_at is null"),

		/** Deliveries that are dead. */
		DEAD("d.status = 'dead'");

		private final String condition;

		Among(String condition) {
			this.condition = condition;
		}

		String condition() {
			return this.condition;
		}

	}

}
