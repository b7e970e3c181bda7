package io.pulsehook.inbox.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;

/**
 * The events to list; a component that is {@code null} matches any event. It is made by a
 * {@linkplain #builder() builder}. A replay is stored with its filter as JSON, which
 * other versions read as well, so that the components must keep their names.
 *
 * @param kind the kind
 * @param type the simple name of the record
 * @param title the title
 * @param service the raw service code
 * @param source the source
 * @param bot the bot's id
 * @param contact the contact's id
 * @param status what became of the event
 * @param from the earliest time of receipt
 * @param to the time of receipt before which all are
 * @param text words that the body has, in any order and whatever their case and accents;
 * those in double quotes stay together
 * @param narrowing what else narrows a list, never a replay
 */
public record EventFilter(@Nullable EventKind kind, @Nullable String type, @Nullable String title,
		@Nullable String service, @Nullable String source, @Nullable String bot, @Nullable String contact,
		@Nullable EventStatus status, @Nullable Instant from, @Nullable Instant to, @Nullable String text,
		@JsonInclude(Include.NON_NULL) @Nullable Narrowing narrowing) {

	/** All events, alerts aside. */
	public static final EventFilter ALL = builder().build();

	/**
	 * Begins a filter that takes all events.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Begins a filter that takes the same events as this one.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder().kind(this.kind)
			.type(this.type)
			.title(this.title)
			.service(this.service)
			.source(this.source)
			.bot(this.bot)
			.contact(this.contact)
			.status(this.status)
			.from(this.from)
			.to(this.to)
			.text(this.text)
			.narrowing(this.narrowing);
	}

	Narrowing narrowed() {
		return (this.narrowing != null) ? this.narrowing : Narrowing.NONE;
	}

	/**
	 * Leaves out the components that can name a person.
	 * @return a filter that only tells whether a contact and a text were asked for
	 */
	public EventFilter blanked() {
		return toBuilder().contact((this.contact != null) ? "" : null).text((this.text != null) ? "" : null).build();
	}

	/**
	 * Builds a filter. A component that is not set, or set to {@code null}, matches any
	 * event.
	 */
	public static final class Builder {

		private @Nullable EventKind kind;

		private @Nullable String type;

		private @Nullable String title;

		private @Nullable String service;

		private @Nullable String source;

		private @Nullable String bot;

		private @Nullable String contact;

		private @Nullable EventStatus status;

		private @Nullable Instant from;

		private @Nullable Instant to;

		private @Nullable String text;

		private @Nullable Narrowing narrowing;

		private Builder() {
		}

		/**
		 * Takes only events of a kind.
		 * @param kind the kind
		 * @return this builder
		 */
		public Builder kind(@Nullable EventKind kind) {
			this.kind = kind;
			return this;
		}

		/**
		 * Takes only events of a type.
		 * @param type the simple name of the record
		 * @return this builder
		 */
		public Builder type(@Nullable String type) {
			this.type = type;
			return this;
		}

		/**
		 * Takes only events with a title.
		 * @param title the title
		 * @return this builder
		 */
		public Builder title(@Nullable String title) {
			this.title = title;
			return this;
		}

		/**
		 * Takes only events of a service.
		 * @param service the raw service code
		 * @return this builder
		 */
		public Builder service(@Nullable String service) {
			this.service = service;
			return this;
		}

		/**
		 * Takes only events of a source.
		 * @param source the source
		 * @return this builder
		 */
		public Builder source(@Nullable String source) {
			this.source = source;
			return this;
		}

		/**
		 * Takes only events of a bot.
		 * @param bot the bot's id
		 * @return this builder
		 */
		public Builder bot(@Nullable String bot) {
			this.bot = bot;
			return this;
		}

		/**
		 * Takes only events of a contact.
		 * @param contact the contact's id
		 * @return this builder
		 */
		public Builder contact(@Nullable String contact) {
			this.contact = contact;
			return this;
		}

		/**
		 * Takes only events with a status.
		 * @param status the status
		 * @return this builder
		 */
		public Builder status(@Nullable EventStatus status) {
			this.status = status;
			return this;
		}

		/**
		 * Takes no events that were received before a time.
		 * @param from the time
		 * @return this builder
		 */
		public Builder from(@Nullable Instant from) {
			this.from = from;
			return this;
		}

		/**
		 * Takes only events that were received before a time.
		 * @param to the time
		 * @return this builder
		 */
		public Builder to(@Nullable Instant to) {
			this.to = to;
			return this;
		}

		/**
		 * Takes only events whose body has all words of a text.
		 * @param text the words; those in double quotes stay together
		 * @return this builder
		 */
		public Builder text(@Nullable String text) {
			this.text = text;
			return this;
		}

		/**
		 * Narrows a list further.
		 * @param narrowing what narrows it
		 * @return this builder
		 */
		public Builder narrowing(@Nullable Narrowing narrowing) {
			this.narrowing = narrowing;
			return this;
		}

		/**
		 * Builds the filter.
		 * @return the filter
		 */
		public EventFilter build() {
			return new EventFilter(this.kind, this.type, this.title, this.service, this.source, this.bot, this.contact,
					this.status, this.from, this.to, this.text, this.narrowing);
		}

	}

}
