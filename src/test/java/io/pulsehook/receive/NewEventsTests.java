package io.pulsehook.receive;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.event.Elements;
import io.pulsehook.event.EventReader;
import io.pulsehook.event.MalformedBodyException;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.NewEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is read from an element: its columns, its ordering key, and the identity by
 * which it is recognised.
 */
class NewEventsTests {

	private static final String DATED = "{\"title\":\"open_chat\",\"date\":1700000000}";

	private static final String BARE = "{\"title\":\"open_chat\"}";

	private static final String MESSAGE = """
			{"title":"incoming_message","service":"telegram","date":1700000000,
			 "bot":{"id":"b1"},"contact":{"id":"c1"},"info":{"message":{"id":"m1"}}}""";

	private static final String PAYMENT = """
			{"order":{"id":77,"status":3,"contactId":"c1","service":2,"updatedAt":"2024-01-01T00:00:00Z"}}""";

	private final EventReader reader = new EventReader();

	@Test
	void haveTheColumnsOfAChatbotEvent() {
		NewEvent event = event(MESSAGE);
		assertThat(event.source()).isEqualTo("crm");
		assertThat(event.kind()).isEqualTo(EventKind.CHATBOT);
		assertThat(event.type()).isEqualTo("IncomingMessage");
		assertThat(event.title()).isEqualTo("incoming_message");
		assertThat(event.service()).isEqualTo("telegram");
		assertThat(event.bot()).isEqualTo("b1");
		assertThat(event.contact()).isEqualTo("c1");
		assertThat(event.occurredAt()).isEqualTo(Instant.ofEpochSecond(1700000000));
		assertThat(event.reason()).isNull();
		assertThat(event.body()).asString().isEqualTo(MESSAGE);
	}

	@Test
	void haveTheColumnsOfAPayment() {
		NewEvent event = event(PAYMENT);
		assertThat(event.kind()).isEqualTo(EventKind.PAYMENT);
		assertThat(event.type()).isEqualTo("PaymentOrder");
		assertThat(event.title()).isNull();
		assertThat(event.service()).isEqualTo("2");
		assertThat(event.bot()).isNull();
		assertThat(event.contact()).isEqualTo("c1");
		assertThat(event.occurredAt()).isEqualTo("2024-01-01T00:00:00Z");
	}

	@Test
	void sayWhyAnEventWasNotRecognized() {
		NewEvent event = event("{\"some\":\"thing\"}");
		assertThat(event.kind()).isEqualTo(EventKind.UNRECOGNIZED);
		assertThat(event.type()).isEqualTo("UnrecognizedEvent");
		assertThat(event.reason()).isNotBlank();
		assertThat(event.orderingKey()).isNull();
		assertThat(event.occurredAt()).isNull();
	}

	@Test
	void haveSafeColumns() {
		NewEvent event = event("""
				{"title":"a\\u0000b","service":"\\ud83d","bot":{"id":"\\u0000"},"contact":{"id":"%s"}}"""
			.formatted("c".repeat(300)));
		assertThat(event.title()).isEqualTo("a\uFFFDb");
		assertThat(event.service()).isEqualTo("\uFFFD");
		assertThat(event.bot()).isEqualTo("\uFFFD");
		assertThat(event.contact()).hasSize(200);
	}

	@Test
	void areOrderedByTheContactOfABot() {
		assertThat(orderingKey("b1", "c1")).isNotNull().isEqualTo(event(MESSAGE).orderingKey());
		assertThat(orderingKey("b1", "c2")).isNotEqualTo(orderingKey("b1", "c1"));
		assertThat(orderingKey("b2", "c1")).isNotEqualTo(orderingKey("b1", "c1"));
		assertThat(orderingKey("b1c", "1")).isNotEqualTo(orderingKey("b1", "c1"));
		assertThat(events("shop", MESSAGE).get(0).orderingKey()).isNotEqualTo(orderingKey("b1", "c1"));
	}

	@Test
	void areOrderedByTheContactAloneWhereTheBotIsMissing() {
		NewEvent event = event("{\"title\":\"open_chat\",\"contact\":{\"id\":\"c1\"}}");
		assertThat(event.orderingKey()).isNotNull().isNotEqualTo(orderingKey("b1", "c1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { BARE, "{\"title\":\"open_chat\",\"bot\":{\"id\":\"b1\"}}",
			"{\"title\":\"open_chat\",\"bot\":{\"id\":\"b1\"},\"contact\":{\"name\":\"x\"}}" })
	void haveNoOrderWithoutAContact(String element) {
		assertThat(event(element).orderingKey()).isNull();
	}

	@Test
	void areOrderedByThePaymentsOrder() {
		Long key = event(PAYMENT).orderingKey();
		assertThat(event(PAYMENT.replace("\"status\":3", "\"status\":1")).orderingKey()).isEqualTo(key);
		assertThat(event(PAYMENT.replace("77", "78")).orderingKey()).isNotEqualTo(key);
		assertThat(events("shop", PAYMENT).get(0).orderingKey()).isNotEqualTo(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { DATED, MESSAGE, PAYMENT,
			"{\"title\":\"incoming_message\",\"info\":{\"message\":{\"id\":\"m1\"}}}" })
	void areRecognizedByTheirBytesInWhateverBatchTheyCome(String element) {
		NewEvent alone = event(element);
		NewEvent amongOthers = events("crm", "[" + BARE + " , " + element + "]").get(1);
		assertThat(amongOthers.identity().key()).isEqualTo(alone.identity().key()).hasSize(24);
		assertThat(amongOthers.identity().windowed()).isFalse();
	}

	@Test
	void areOthersWithOtherBytesOrFromAnotherSource() {
		byte[] key = event(DATED).identity().key();
		assertThat(event(DATED.replace("}", " }")).identity().key()).isNotEqualTo(key);
		assertThat(events("shop", DATED).get(0).identity().key()).isNotEqualTo(key);
	}

	@Test
	void haveKeysThatStartWithTheirDate() {
		assertThat(ByteBuffer.wrap(event(DATED).identity().key()).getLong()).isEqualTo(1700000000000L);
		assertThat(ByteBuffer.wrap(event("{\"order\":{\"id\":1,\"status\":3}}").identity().key()).getLong()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { BARE, "{\"unknown\":1}", "42" })
	void areRecognizedByTheirWholeBatchWhereNothingTellsThemFromOthers(String element) {
		String batch = "[" + element + "," + element + "]";
		List<NewEvent> events = events("crm", batch);
		assertThat(events).allSatisfy((event) -> assertThat(event.identity().windowed()).isTrue());
		assertThat(events.get(0).identity().key()).isNotEqualTo(events.get(1).identity().key());
		assertThat(events("crm", batch)).zipSatisfy(events,
				(again, event) -> assertThat(again.identity().key()).isEqualTo(event.identity().key()));
		assertThat(events("crm", "[" + element + "]").get(0).identity().key())
			.isNotEqualTo(events.get(0).identity().key());
		assertThat(events("shop", batch).get(0).identity().key()).isNotEqualTo(events.get(0).identity().key());
	}

	@Test
	void takeNoOffenceAtADateFarOutside() {
		NewEvent event = event(PAYMENT.replace("2024-01-01", "+999999999-01-01"));
		assertThat(event.identity().windowed()).isFalse();
	}

	private @Nullable Long orderingKey(String bot, String contact) {
		return event(
				"{\"title\":\"open_chat\",\"bot\":{\"id\":\"%s\"},\"contact\":{\"id\":\"%s\"}}".formatted(bot, contact))
			.orderingKey();
	}

	private NewEvent event(String element) {
		return events("crm", element).get(0);
	}

	private List<NewEvent> events(String source, String text) {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		NewEvents events = new NewEvents(source, body, false);
		try {
			for (byte[] element : Elements.split(body)) {
				events.add(this.reader.read(element), element);
			}
		}
		catch (MalformedBodyException ex) {
			throw new IllegalArgumentException(ex);
		}
		return events.toList();
	}

}
