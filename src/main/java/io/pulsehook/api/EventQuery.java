package io.pulsehook.api;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.PaymentStatus;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.Narrowing;

/**
 * The filter, limit and cursor of a request that lists or replays events.
 */
final class EventQuery {

	private static final Set<String> FILTERS = Set.of("kind", "type", "title", "service", "source", "bot", "contact",
			"status", "from", "to", "q");

	/**
	 * Filters that only narrow a list: a replica of a former version would leave them out
	 * of a replay, and run more again than was asked for.
	 */
	private static final Set<String> FILTERS_OF_LISTS = Set.of("handler", "error", "paymentStatus", "botName");

	private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

	private final Parameters parameters;

	private EventQuery(Parameters parameters) {
		this.parameters = parameters;
	}

	static EventQuery ofList(Map<String, String> parameters) {
		Set<String> known = new HashSet<>(FILTERS);
		known.addAll(FILTERS_OF_LISTS);
		known.addAll(Set.of("cursor", "after", "limit"));
		return new EventQuery(new Parameters(parameters, known));
	}

	static EventQuery ofReplay(Map<String, String> parameters) {
		Set<String> known = new HashSet<>(FILTERS);
		// None of these is among the filters, but whoever misspells one is told of them.
		known.addAll(Options.OTHERS);
		return new EventQuery(new Parameters(parameters, known));
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
			.narrowing(narrowing())
			.build();
	}

	private @Nullable Narrowing narrowing() {
		Narrowing narrowing = new Narrowing(this.parameters.text("handler"), this.parameters.text("error"),
				paymentStatus(), this.parameters.text("botName"));
		return narrowing.isEmpty() ? null : narrowing;
	}

	// A status that SendPulse does not document is sought by its number.
	private @Nullable String paymentStatus() {
		String status = this.parameters.text("paymentStatus");
		if (status == null || NUMBER.matcher(status).matches()) {
			return status;
		}
		PaymentStatus known = PaymentStatus.of(status);
		if (known == PaymentStatus.UNKNOWN) {
			throw new BadParameterException("paymentStatus", status, "one of "
					+ EnumSet.complementOf(EnumSet.of(PaymentStatus.UNKNOWN)) + ", or the number that SendPulse sends");
		}
		return known.code();
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
