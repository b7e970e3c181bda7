package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Matcher}.
 */
class MatcherTests {

	private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void findsWhatWasReceived(String what, List<Traits> rows, List<Traits> received, List<Integer> places) {
		assertThat(places(rows, received)).containsExactlyElementsOf(places);
	}

	static Stream<Arguments> findsWhatWasReceived() {
		return Stream.of(of("nothing", List.of(), List.of(text(0, "hi"))),
				of("lost", List.of(text(0, "hi")), List.of(), -1),
				of("by the platform's id, whatever the text and the time", List.of(withId(text(0, "hi"), "m1")),
						List.of(withId(text(90, "bye"), "m1")), 0),
				of("by SendPulse's id, whatever the platform's", List.of(withRowId(withId(text(0, "hi"), "m1"), "r1")),
						List.of(withRowId(withId(text(50, "bye"), "m2"), "r1")), 0),
				of("the platform's id before SendPulse's", List.of(withRowId(withId(text(0, "a"), "m1"), "r1")),
						List.of(withRowId(text(0, "a"), "r1"), withId(text(0, "a"), "m1")), 1),
				of("another id is another message, unless its text says so",
						List.of(withId(text(0, "a"), "m1"), withId(text(0, "b"), "m2")),
						List.of(withId(text(1, "b"), "telegram's own")), -1, 0),
				of("by the text within ten minutes", List.of(text(0, "hi")), List.of(text(10, "hi")), 0),
				of("not by a text that is later", List.of(text(0, "hi")), List.of(text(11, "hi")), -1),
				of("not by a text that is earlier", List.of(text(20, "hi")), List.of(text(9, "hi")), -1),
				of("not by a part of the text", List.of(text(0, "hi there")), List.of(text(0, "hi")), -1),
				of("two alike are two", List.of(text(0, "ok"), text(4, "ok")), List.of(text(5, "ok")), -1, 0),
				of("two alike of which both arrived", List.of(text(0, "ok"), text(4, "ok")),
						List.of(text(4, "ok"), text(0, "ok")), 1, 0),
				of("two alike in the same second", List.of(text(0, "ok"), text(0, "ok")), List.of(text(0, "ok")), 0,
						-1),
				of("one that is recognised by its id is not found by another text",
						List.of(text(0, "ok"), withId(text(5, "ok"), "m1")), List.of(withId(text(5, "ok"), "m1")), -1,
						0),
				of("media by what they are", List.of(media(0, "IMAGE", null)), List.of(media(3, "IMAGE", null)), 0),
				of("media are not other media", List.of(media(0, "IMAGE", null)), List.of(media(3, "AUDIO", null)), -1),
				of("media are no texts", List.of(media(0, "IMAGE", null)), List.of(text(0, "hi")), -1),
				of("texts are no media", List.of(text(0, "hi")), List.of(media(0, "IMAGE", null)), -1),
				of("media within ten minutes", List.of(media(0, "IMAGE", null)), List.of(media(11, "IMAGE", null)), -1),
				of("two media are two", List.of(media(0, "IMAGE", null), media(1, "IMAGE", null)),
						List.of(media(1, "IMAGE", null)), -1, 0),
				of("media by their captions", List.of(media(0, "IMAGE", "a"), media(0, "IMAGE", "b")),
						List.of(media(0, "IMAGE", "b")), -1, 0),
				of("a caption that only one side has", List.of(media(0, "IMAGE", null)),
						List.of(media(0, "IMAGE", "a")), 0),
				of("a caption as the text of the other side", List.of(text(0, "a")), List.of(media(0, "IMAGE", "a")),
						0),
				of("what is not known by what is not known", List.of(unknown(0)), List.of(unknown(2)), 0),
				of("what is not known is no text", List.of(unknown(0)), List.of(text(0, "hi")), -1),
				of("what is not known can be a picture", List.of(unknown(0)), List.of(media(0, "IMAGE", null)), 0),
				of("a text that was changed later", List.of(edited(text(0, "new"))), List.of(text(1, "old")), 0),
				of("a text that was changed and is recognised by another",
						List.of(edited(text(0, "new")), text(1, "b")), List.of(text(1, "b")), -1, 0),
				of("a text that was changed is no picture", List.of(edited(text(0, "new"))),
						List.of(media(0, "IMAGE", null)), -1),
				of("without any id, by text alone", List.of(text(0, "a"), text(1, "b"), text(2, "c")),
						List.of(text(0, "c"), text(0, "a")), 1, -1, 0));
	}

	@Test
	void recognisesSomeByTheirIdsAlone() {
		List<Traits> rows = List.of(text(0, "ok"), withId(text(1, "hi"), "m1"));
		List<Traits> received = List.of(text(0, "ok"), withId(text(1, "hi"), "m1"), text(2, "ok"));
		assertThat(Matcher.match(rows, received, (place) -> false)).containsExactly(-1, 1);
		assertThat(Matcher.match(rows, received, (place) -> place == 2)).containsExactly(2, 1);
	}

	private static Integer[] places(List<Traits> rows, List<Traits> received) {
		return Arrays.stream(Matcher.match(rows, received)).boxed().toArray(Integer[]::new);
	}

	private static Arguments of(String what, List<Traits> rows, List<Traits> received, Integer... places) {
		return Arguments.arguments(what, rows, received, List.of(places));
	}

	private static Traits text(int minute, String text) {
		return new Traits(Set.of(), null, Set.of(text), Set.of(Traits.TEXT), at(minute), false);
	}

	private static Traits media(int minute, String kind, @Nullable String caption) {
		return new Traits(Set.of(), null, (caption != null) ? Set.of(caption) : Set.of(), Set.of(kind), at(minute),
				false);
	}

	private static Traits unknown(int minute) {
		return new Traits(Set.of(), null, Set.of(), Set.of(), at(minute), false);
	}

	private static Instant at(int minute) {
		return NOON.plus(Duration.ofMinutes(minute));
	}

	private static Traits withId(Traits traits, String id) {
		return new Traits(Set.of(id), traits.rowId(), traits.texts(), traits.kinds(), traits.at(), traits.edited());
	}

	private static Traits withRowId(Traits traits, String id) {
		return new Traits(traits.messageIds(), id, traits.texts(), traits.kinds(), traits.at(), traits.edited());
	}

	private static Traits edited(Traits traits) {
		return new Traits(traits.messageIds(), traits.rowId(), traits.texts(), traits.kinds(), traits.at(), true);
	}

}
