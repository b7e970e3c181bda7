package io.pulsehook.test;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Events;
import io.pulsehook.event.Event;

/**
 * Builds an event as JSON in the shape that SendPulse sends, and reads it as the receiver
 * does, so that a test gives a handler exactly what it would be given in production. Each
 * field has a default value. One builder returns the same event each time; two builders
 * never return equal events.
 *
 * @param <E> the type of the event
 * @param <B> the type of the builder
 */
public abstract class EventBuilder<E extends Event, B extends EventBuilder<E, B>> {

	private final Class<E> type;

	private final Map<JsonPointer, JsonNode> fields = new LinkedHashMap<>();

	EventBuilder(Class<E> type) {
		this.type = type;
	}

	/**
	 * Sets a field of the JSON that has no method of its own. It takes precedence over
	 * all other methods, in whichever order they are called: {@code
	 * with("/info/message/sent_by/email", "anna@example.com")}.
	 * @param pointer where it is, as a JSON pointer (RFC 6901) through objects; those
	 * that are missing are added
	 * @param value a text, a number, a collection, or anything else that Jackson writes;
	 * {@code null} for the null of JSON
	 * @return this builder
	 * @throws IllegalArgumentException if the pointer is empty or none
	 */
	public B with(String pointer, @Nullable Object value) {
		JsonPointer field = JsonPointer.compile(pointer);
		if (field.matches()) {
			throw new IllegalArgumentException("The pointer is empty. Name a field, such as /contact/phone.");
		}
		this.fields.put(field, Json.of(value));
		return self();
	}

	/**
	 * Builds the event.
	 * @return the record that the receiver makes of {@link #json()}
	 * @throws IllegalArgumentException if what was set makes it an event of another type;
	 * the message says which, and why if it cannot be recognised any more
	 */
	public E build() {
		return Events.read(json(), this.type);
	}

	/**
	 * Builds the event as JSON.
	 * @return a JSON object, as {@link io.pulsehook.Delivery#raw()} gives it; it can be
	 * posted like this, or as part of an array
	 */
	public String json() {
		ObjectNode element = element();
		this.fields.forEach((pointer, value) -> Json.set(element, pointer, value));
		return element.toString();
	}

	/**
	 * Makes the JSON without the fields that were set by their pointers.
	 * @return a new object, which the caller may change
	 */
	abstract ObjectNode element();

	@SuppressWarnings("unchecked")
	final B self() {
		return (B) this;
	}

}
