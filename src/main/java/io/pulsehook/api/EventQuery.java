package io.pulsehook.api;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.EventFilter;

/**
 * The filter, limit and cursor of a request that lists or replays events.
 */
final class EventQuery {

	private static final Set<String> FILTERS = Set.of("kind", "type", "title", "service", "source", "bot", "contact",
			"status", "from", "to", "q");

	private final Parameters parameters;

	private EventQuery(Parameters parameters) {
		this.parameters = parameters;
	}

	static EventQuery ofList(Map<String, String> parameters) {
		Set<String> known = new HashSet<>(FILTERS);
		known.addAll(Set.of("cursor", "after", "limit"));
		return new EventQuery(new Parameters(parameters, known));
	}

	static EventQuery ofReplay(Map<String, String> parameters) {
		return new EventQuery(new Parameters(parameters, FILTERS));
	}

	EventFilter filter() {
		return EventFilter.builder()
			.kind(this.parameters.oneOf("kind", EventKind.class))
			.type(this.parameters.text("type"))
			.title(this.parameters.text("title"))
			.service(this.parameters.text("service"))
			.source(this.parameters.text("source"))
			.bot(this.parameters.text("bot"))
			.contact(this.parameters.text("contact"))
			.status(this.parameters.oneOf("status", EventStatus.class))
			.from(this.parameters.instant("from"))
			.to(this.parameters.instant("to"))
			.text(this.parameters.text("q"))
			.build();
	}

	@Nullable Long cursor() {
		String cursor = this.parameters.text("cursor");
		return (cursor != null) ? Ids.parse(cursor).orElseThrow(() -> Parameters.badCursor(cursor)) : null;
	}

	/**
	 * Returns the event behind which to list in the order of receipt.
	 * @return its id, or {@code null} to list newest first
	 */
	@Nullable Long after() {
		String after = this.parameters.text("after");
		if (after != null && this.parameters.text("cursor") != null) {
			throw new BadParameterException(
					"Parameters 'after' and 'cursor' exclude each other: the former lists in the order of receipt, "
							+ "the latter newest first.");
		}
		return (after != null) ? Ids.parse(after)
			.orElseThrow(() -> new BadParameterException("after", after, "the id of an event, or 0")) : null;
	}

	int limit() {
		return this.parameters.limit();
	}

}
