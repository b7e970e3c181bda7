package io.pulsehook.event;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place where a messaging platform puts an attachment of a message.
 *
 * @param shape how the attachment is written there
 * @param type what it is, {@link AttachmentType#OTHER} where it says so itself
 * @param place where it is
 * @param twin where the same thing is written as well, so that this place does not count;
 * {@code null} where there is no such thing
 */
record Medium(Shape shape, AttachmentType type, Place place, @Nullable Place twin) {

	List<JsonNode> nodes(JsonNode root) {
		return (this.twin != null && this.twin.isIn(root)) ? List.of() : this.place.nodes(root);
	}

	/**
	 * How an attachment is written.
	 */
	enum Shape {

		/** An object with the id and address, or the address alone, or several sizes. */
		FILE,

		/** An object with coordinates. */
		LOCATION,

		/** Any object. */
		CONTACT,

		/** An object with a type and a payload. */
		NAMED,

		/** A message with a type and an address. */
		MESSAGE

	}

}
