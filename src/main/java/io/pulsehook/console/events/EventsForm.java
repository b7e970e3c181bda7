package io.pulsehook.console.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.pulsehook.event.PaymentStatus;
import io.pulsehook.inbox.model.Coded;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.model.Ids;
import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.Narrowing;

/**
 * The form in which the operator says which events to look for.
 *
 * @param values the fields that are filled in, by name; times are in UTC if they can be
 * read
 * @param window the times between which to look
 * @param filter the filter that they make, or {@code null} if one of them is invalid
 * @param problem what is wrong with the invalid field, or {@code null}
 * @param before the id of the event before which the page begins, or {@code null} for the
 * newest
 */
record EventsForm(Map<String, String> values, TimeWindow window, @Nullable EventFilter filter, @Nullable String problem,
		@Nullable Long before) {

	private static final List<String> FIELDS = List.of("q", "status", "type", "service", "source", "when", "kind",
			"title", "bot", "botName", "contact", "handler", "error", "paymentStatus", "from", "to", "zone");

	private static final List<String> RARE = List.of("kind", "title", "bot", "botName", "contact", "handler", "error",
			"paymentStatus", "from", "to");

	/** Windows of whole days, which depend on where the reader is. */
	private static final List<String> DAYS = List.of("today", "yesterday");

	private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

	static EventsForm of(Map<String, String> parameters, Instant now) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String field : FIELDS) {
			String value = parameters.getOrDefault(field, "").strip();
			if (!value.isEmpty()) {
				values.put(field, value);
			}
		}
		Long before = Ids.parse(parameters.getOrDefault("cursor", "")).orElse(null);
		try {
			TimeWindow window = TimeWindow.of(values, now);
			EventFilter filter = filter(values, window);
			return new EventsForm(inUtc(values, window), window, filter, null, before);
		}
		catch (IllegalArgumentException ex) {
			return new EventsForm(values, new TimeWindow(null, null), null, ex.getMessage(), before);
		}
	}

	// Links tell moments, so that who follows them elsewhere finds the same events.
	private static Map<String, String> inUtc(Map<String, String> values, TimeWindow window) {
		Map<String, String> changed = new LinkedHashMap<>(values);
		if (changed.containsKey("from") || changed.containsKey("to")) {
			changed.remove("when");
			changed.computeIfPresent("from", (name, value) -> String.valueOf(window.from()));
			changed.computeIfPresent("to", (name, value) -> String.valueOf(window.to()));
		}
		if (!DAYS.contains(changed.getOrDefault("when", ""))) {
			changed.remove("zone");
		}
		return changed;
	}

	private static EventFilter filter(Map<String, String> values, TimeWindow window) {
		Narrowing narrowing = new Narrowing(values.get("handler"), values.get("error"),
				paymentStatus(values.get("paymentStatus")), values.get("botName"));
		return EventFilter.builder()
			.kind(oneOf("kind", values.get("kind"), EventKind.class))
			.type(values.get("type"))
			.title(values.get("title"))
			.service(values.get("service"))
			.source(values.get("source"))
			.bot(values.get("bot"))
			.contact(values.get("contact"))
			.status(oneOf("status", values.get("status"), EventStatus.class))
			.from(window.from())
			.to(window.to())
			.text(values.get("q"))
			.narrowing(narrowing.isEmpty() ? null : narrowing)
			.build();
	}

	private static <E extends Enum<E> & Coded> @Nullable E oneOf(String field, @Nullable String value,
			Class<E> allowed) {
		if (value == null) {
			return null;
		}
		return Coded.find(allowed, value)
			.orElseThrow(() -> new IllegalArgumentException("There is no " + field + " “" + value + "”. Choose one of "
					+ String.join(", ", Coded.codes(allowed)) + "."));
	}

	private static @Nullable String paymentStatus(@Nullable String value) {
		if (value == null || NUMBER.matcher(value).matches()) {
			return value;
		}
		PaymentStatus known = PaymentStatus.of(value);
		if (known == PaymentStatus.UNKNOWN) {
			throw new IllegalArgumentException("There is no payment status “" + value
					+ "”. Choose one of the list, or write the number that SendPulse sends.");
		}
		return known.code();
	}

	public boolean isFirstPage() {
		return this.before == null;
	}

	public String value(String field) {
		return this.values.getOrDefault(field, "");
	}

	public boolean isEmpty() {
		return this.values.isEmpty();
	}

	public boolean hasRare() {
		return RARE.stream().anyMatch(this.values::containsKey);
	}

	public String status() {
		return value("status");
	}

	/**
	 * Returns a time as a browser's field takes it.
	 * @param field {@code from} or {@code to}
	 * @return the time in UTC without its zone, or an empty text
	 */
	public String time(String field) {
		if (!this.values.containsKey(field)) {
			return "";
		}
		return field.equals("from") ? this.window.fromField() : this.window.toField();
	}

	// Returns the query of the same search with one field changed. Empty fields are left
	// out.
	public String with(String field, @Nullable Object value) {
		Map<String, String> changed = new LinkedHashMap<>(this.values);
		changed.put(field, (value != null) ? value.toString() : "");
		UriComponentsBuilder query = UriComponentsBuilder.newInstance();
		changed.forEach((name, text) -> {
			if (!text.isEmpty()) {
				query.queryParam(name, "{" + name + "}");
			}
		});
		return query.encode().buildAndExpand(changed).toUriString();
	}

}
