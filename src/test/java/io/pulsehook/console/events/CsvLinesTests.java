package io.pulsehook.console.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.Samples;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

class CsvLinesTests {

	private final CsvLines lines = new CsvLines(new EventReader());

	@Test
	void beginWithWhatTellsASpreadsheetTheirEncodingAndTheNamesOfTheColumns() {
		assertThat(new String(this.lines.head(), StandardCharsets.UTF_8)).startsWith("\uFEFF\"id\",\"received\",")
			.contains("\"name\",\"text\"")
			.endsWith("\r\n");
	}

	@Test
	void haveTheNameOfTheContactAndTheText() {
		assertThat(line(Samples.element(Samples.INCOMING_MESSAGE))).startsWith("\"7\",\"2026-01-31T12:00:00Z\",")
			.contains("\"Alexander\",\"hey! whats up?\",\"done\"");
	}

	@Test
	void endWithTheTimeOfArrivalOfWhatWaited() {
		assertThat(new String(this.lines.head(), StandardCharsets.UTF_8)).endsWith(",\"duplicates\",\"arrived\"\r\n");
		assertThat(line(message("hi"))).endsWith("\"0\",\"\"\r\n");
		assertThat(line(message("hi"), Instant.parse("2026-01-31T11:59:00Z")))
			.endsWith("\"0\",\"2026-01-31T11:59:00Z\"\r\n");
	}

	@Test
	void keepQuotesLinesAndCommasWithinTheirCell() {
		assertThat(line(message("Say \\\"hi\\\",\\nAnna"))).contains("\"Say \"\"hi\"\",\nAnna\"");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "=1+1", "+1202", "-2+3", "@SUM(A1)", "\\t=1", "\\r=1", " =1", "＝1", "=HYPERLINK(\\\"x\\\")" })
	void letNoSpreadsheetCalculate(String text) {
		String line = line(message(text));
		String shown = text.replace("\\t", "\t").replace("\\r", "\r").replace("\\\"", "\"\"");
		assertThat(line).contains(",\"'" + shown + "\",").doesNotContain(",\"" + shown);
	}

	private static String message(String text) {
		return """
				{"title":"incoming_message","service":"telegram","contact":{"id":"c","name":"Ada"},
				"info":{"message":{"channel_data":{"message":{"text":"%s"}}}}}""".formatted(text);
	}

	private String line(String body) {
		return line(body, null);
	}

	private String line(String body, @Nullable Instant arrivedAt) {
		Instant at = Instant.parse("2026-01-31T12:00:00Z");
		StoredEvent event = new StoredEvent(7, "default", EventKind.CHATBOT, "IncomingMessage", "incoming_message",
				"telegram", "b", "c", EventStatus.DONE, at, at, arrivedAt, 0, null);
		return new String(this.lines.line(event, body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
	}

}
