package io.pulsehook.event;

import java.util.List;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tag of a contact, which SendPulse writes as text or as an object.
 *
 * @param name the text, or the {@code name} of the object if it has one
 * @param raw the tag as sent
 */
public record Tag(@Nullable String name, JsonNode raw) {

	static List<Tag> listOf(@Nullable JsonNode tags) {
		if (tags == null || tags.isNull()) {
			return List.of();
		}
		if (!tags.isArray()) {
			return List.of(of(tags));
		}
		return StreamSupport.stream(tags.spliterator(), false).filter((tag) -> !tag.isNull()).map(Tag::of).toList();
	}

	private static Tag of(JsonNode tag) {
		return new Tag(Scalars.firstText(tag, tag.path("name")), tag);
	}

}
