package io.pulsehook.event;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the dates of events, in all the units that SendPulse sends.
 */
class EventDatesTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			1625834714,       2021-07-09T12:45:14Z
			1637759687101,    2021-11-24T13:14:47.101Z
			"1625834714",     2021-07-09T12:45:14Z
			"1637759687101",  2021-11-24T13:14:47.101Z
			" 1625834714 ",   2021-07-09T12:45:14Z
			100000000,        1973-03-03T09:46:40Z
			100000000000,     5138-11-16T09:46:40Z
			100000000001,     1973-03-03T09:46:40.001Z
			4102444800000,    2100-01-01T00:00:00Z
			""")
	void readsSecondsAndMilliseconds(String date, Instant expected) {
		FlowWebhook event = event(date);
		assertThat(event.date()).isEqualTo(expected);
		assertThat(event.occurredAt()).isEqualTo(expected);
		assertThat(event.rawDate()).isEqualTo(date.replace("\"", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "16377590567070", "163775889778478", "4102444800001", "99999999", "0", "-1625834714",
			"1625834714.5", "1.625834714e9", "99999999999999999999999", "\"\"", "\"yesterday\"",
			"\"2021-07-09T12:45:14Z\"", "true", "\"1625834714000000000000000\"",
			"\"\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\"" })
	void anythingElseIsNoDateButIsKept(String date) {
		FlowWebhook event = event(date);
		assertThat(event.date()).isNull();
		assertThat(event.occurredAt()).isNull();
		assertThat(event.rawDate()).isEqualTo(date.replace("\"", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'a':1}", "[1625834714]", "[]" })
	void aStructureIsNoDateButIsKept(String date) {
		FlowWebhook event = event(date);
		assertThat(event.date()).isNull();
		assertThat(event.rawDate()).isEqualTo(date.replace('\'', '"'));
	}

	@Test
	void aMissingOrNullDateLeavesNothing() {
		FlowWebhook missing = Json.event(FlowWebhook.class, "{'title':'x'}");
		assertThat(missing.date()).isNull();
		assertThat(missing.rawDate()).isNull();
		assertThat(event("null").rawDate()).isNull();
	}

	private static FlowWebhook event(String date) {
		return Json.event(FlowWebhook.class, "{'title':'x','date':" + date + "}");
	}

}
