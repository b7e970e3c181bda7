package io.pulsehook.console.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.event.EventSummary;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.query.StoredEvent;

/**
 * Writes events as CSV for spreadsheets, with whom each is about and what it says in
 * columns of their own. A cell that a spreadsheet would calculate begins with an
 * apostrophe, since strangers write these texts.
 */
final class CsvLines implements EventLines {

	private static final List<String> COLUMNS = List.of("id", "received", "occurred", "source", "kind", "type", "title",
			"service", "bot", "contact", "name", "text", "status", "duplicates", "arrived");

	/** What begins a formula, also in the wide form of East Asian keyboards. */
	private static final String FORMULAS = "=+-@\t\r\n＝＋－＠";

	/** Tells a spreadsheet that the text is in UTF-8. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private final EventReader reader;

	CsvLines(EventReader reader) {
		this.reader = reader;
	}

	@Override
	public String contentType() {
		return "text/csv;charset=UTF-8";
	}

	@Override
	public byte[] head() {
		return bytes(BYTE_ORDER_MARK + line(COLUMNS.stream()));
	}

	@Override
	public byte[] line(StoredEvent event, byte[] body) {
		EventSummary summary = (event.reason() != null) ? new EventSummary(null, event.reason())
				: EventSummary.of(this.reader.read(body, event.type()));
		return bytes(line(Stream.of(Long.toString(event.id()), event.receivedAt().toString(),
				event.occurredAt().toString(), event.source(), event.kind().code(), event.type(), text(event.title()),
				text(event.service()), text(event.bot()), text(event.contact()), text(summary.who()), summary.text(),
				event.status().code(), Integer.toString(event.duplicates()), text(event.arrivedAt()))));
	}

	private static String text(@Nullable Object value) {
		return Objects.toString(value, "");
	}

	private static String line(Stream<String> cells) {
		return cells.map(CsvLines::cell).collect(Collectors.joining(",", "", "\r\n"));
	}

	private static String cell(String text) {
		String start = text.stripLeading();
		boolean formula = FORMULAS.indexOf(text.isEmpty() ? ' ' : text.charAt(0)) >= 0
				|| (!start.isEmpty() && FORMULAS.indexOf(start.charAt(0)) >= 0);
		return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
