package io.pulsehook.destination.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.pulsehook.Delivery;
import io.pulsehook.Samples;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.EventPayload;
import io.pulsehook.destination.EventTypes;
import io.pulsehook.destination.PayloadFormat;
import io.pulsehook.dispatch.handler.OutgoingEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.EventReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that a name in a text which no event can have is found at the start.
 */
class CheckedTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "{customerName}: {totalCost} {currency} is {status}, {paid}", "{id} {type} {source}",
			"{receivedAt} {occurredAt} {raw.order.0.anything}", "{variables.0.text} {data.variables.12.valueType}",
			"{data} {raw} {data.id}" })
	void knowsTheNamesOfAPayment(String text) {
		assertThat(CheckedText.of(settings(text, "PaymentOrder"))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{contact.name} {contact.tags.0.name} {contact.operator.email}",
			"{contact.variables.First name} {contact.variables.a.b} {info.message.id}",
			"{message.text} {message.attachments.0.url} {message.sentBy.email} {message}",
			"{title} {service} {serviceCode} {bot.name} {date} {rawDate} {data.bot.id}" })
	void knowsTheNamesOfAMessage(String text) {
		assertThat(CheckedText.of(settings(text, "IncomingMessage"))).isNotNull();
	}

	@Test
	void takesANameThatOneOfItsTypesHas() {
		assertThat(CheckedText.of(settings("{customerName}{contact.name}", "PaymentOrder", "ChatbotEvent")))
			.isNotNull();
		assertThat(CheckedText.of(settings("{customerName}{contact.name}"))).isNotNull();
	}

	@Test
	void namesTheNearestOfANameThatIsNone() {
		refuses("{custmerName}", "text has {custmerName}, which no PaymentOrder has. Did you mean {customerName}?",
				"PaymentOrder");
		refuses("{contact.nam}", "text has {contact.nam}, which no IncomingMessage has. Did you mean {contact.name}?",
				"IncomingMessage");
		refuses("{message.attachments.url}", "text has {message.attachments.url}, which no IncomingMessage has. "
				+ "Did you mean {message.attachments.0.url}?", "IncomingMessage");
		refuses("{contact.name}", "text has {contact.name}, which no PaymentOrder has. There are id,", "PaymentOrder");
	}

	@Test
	void listsTheNamesIfNoneIsNear() {
		refuses("{whatever.it.is}",
				"text has {whatever.it.is}, which no Unsubscribe or BotBlock has. There are title, eventTitle, "
						+ "service, serviceCode, bot, contact, date, rawDate, info, id, type, source, receivedAt, "
						+ "arrivedAt, occurredAt, data, message, raw.",
				"Unsubscribe", "BotBlock");
	}

	@Test
	void knowsThatOnlyMessagesHaveAMessage() {
		refuses("{message.text}", "text has {message.text}, which no LinkClick has.", "LinkClick");
	}

	@Test
	void knowsEachNameThatAPayloadHas() {
		for (String sample : List.of(Samples.INCOMING_MESSAGE, Samples.OUTGOING_MESSAGE, Samples.NEW_SUBSCRIBER,
				Samples.PAYMENT_ORDER, Samples.UNSUBSCRIBE)) {
			byte[] body = Samples.element(sample).getBytes();
			Event event = new EventReader().read(body);
			OutgoingEvent outgoing = new OutgoingEvent(1, event.getClass().getSimpleName(), event, body,
					Delivery.of("ops", Samples.element(sample)));
			Set<String> names = new TreeSet<>();
			collect("", EventPayload.tree(outgoing), names);
			FieldNames known = FieldNames.of(Set.of(event.getClass()));
			assertThat(names).isNotEmpty().allMatch(known::contains);
		}
		assertThat(EventTypes.all()).isNotEmpty();
	}

	private static void collect(String prefix, JsonNode node, Set<String> names) {
		for (Map.Entry<String, JsonNode> field : node.properties()) {
			names.add(prefix + field.getKey());
			collect(prefix + field.getKey() + ".", field.getValue(), names);
		}
	}

	private static void refuses(String text, String message, String... types) {
		assertThatIllegalArgumentException().isThrownBy(() -> CheckedText.of(settings(text, types)))
			.withMessageStartingWith(message);
	}

	private static DestinationSettings settings(String text, String... types) {
		return new DestinationSettings(null, List.of(), Map.of(), null, null, null, List.of(types), PayloadFormat.EVENT,
				text);
	}

}
