package io.pulsehook.event;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Reads the elements of a body as events. It has its own JSON mapper, so that the
 * settings of the application around it change nothing. Safe for use by many threads.
 */
public final class EventReader {

	private static final int MAX_DEPTH = 500;

	private final JsonMapper reader = mapper(MAX_DEPTH);

	private final ObjectReader envelopes = this.reader.readerFor(Envelope.class);

	// What is written may nest deeper than what was read, since variables that lie beside
	// the contact's own fields move down into a map of their own.
	private final JsonMapper writer = mapper(2 * MAX_DEPTH);

	/**
	 * Reads one element.
	 * @param element the element's bytes, as {@link Elements} splits them from a body
	 * @return the event; an {@link UnrecognizedEvent} with the reason if the element is
	 * not valid JSON, of no known shape, or lacks what must be there
	 */
	public Event read(byte[] element) {
		try {
			Envelope envelope = this.envelopes.readValue(element);
			return (envelope != null) ? recognize(envelope) : new UnrecognizedEvent("The element must be an object");
		}
		catch (JacksonException ex) {
			return new UnrecognizedEvent(BindingFailure.reason(ex));
		}
		catch (RuntimeException ex) {
			return new UnrecognizedEvent("Cannot be bound: " + ex.getClass().getSimpleName());
		}
	}

	/**
	 * Reads one element that was read before, maybe by a version that knew fewer types.
	 * @param element the element's bytes
	 * @param type the simple name of the record that it was read as
	 * @return the event, still as a {@link FlowWebhook} if the version that read it
	 * before did not know its title
	 */
	public Event read(byte[] element, String type) {
		Event event = read(element);
		return (event instanceof FailedDelivery failure && type.equals(FlowWebhook.class.getSimpleName()))
				? failure.asFlowWebhook() : event;
	}

	private Event recognize(Envelope envelope) {
		if (envelope.isPayment()) {
			return payment(envelope);
		}
		if (envelope.looksLikeEmail()) {
			return new UnrecognizedEvent("Looks like an e-mail or SMTP webhook: it has 'event' and 'timestamp' or "
					+ "'task_id' but no 'title'. Those are not read here");
		}
		List<String> violations = envelope.violations();
		if (!violations.isEmpty() || envelope.title() == null) {
			return new UnrecognizedEvent("Neither a chatbot event nor a payment: " + String.join(", ", violations));
		}
		return envelope.toChatbotEvent(envelope.title());
	}

	private Event payment(Envelope envelope) {
		List<Envelope.Order> orders = envelope.orders();
		if (orders.size() != 1) {
			return new UnrecognizedEvent(
					"A payment without exactly one order: 'order' must be one, but there are " + orders.size());
		}
		Envelope.Order order = orders.get(0);
		List<String> violations = order.violations();
		if (!violations.isEmpty()) {
			return new UnrecognizedEvent("An incomplete payment: " + String.join(", ", violations));
		}
		return envelope.toPaymentOrder(order);
	}

	/**
	 * Tells whom one element is about.
	 * @param element the element's bytes
	 * @return the id of the contact as it was sent, or {@code null} if it names none
	 */
	public @Nullable String contactId(byte[] element) {
		Event event = read(element);
		if (event instanceof ChatbotEvent chatbot) {
			return (chatbot.contact() != null) ? chatbot.contact().id() : null;
		}
		return (event instanceof PaymentOrder payment) ? payment.contactId() : null;
	}

	/**
	 * Reads one element as it came, whatever it means.
	 * @param element the element's bytes; those that are no UTF-8 are replaced
	 * @return its JSON, or its text if it is no JSON
	 */
	public JsonNode readRaw(byte[] element) {
		String text = new String(element, StandardCharsets.UTF_8);
		try {
			return this.reader.readTree(text);
		}
		catch (JacksonException ex) {
			return StringNode.valueOf(text);
		}
	}

	/**
	 * Writes an event as the JSON of its record: dates in ISO 8601, constants by name
	 * with the raw code beside them.
	 * @param event the event
	 * @return a JSON object, also for an {@link UnrecognizedEvent}
	 */
	public JsonNode toJson(Event event) {
		return write((event instanceof ChatbotEvent chatbotEvent) ? chatbotEvent.details() : event);
	}

	/**
	 * Writes the parts of a message as JSON.
	 * @param event the event
	 * @return a JSON object, or {@code null} if the event is no message
	 */
	public @Nullable JsonNode messageToJson(Event event) {
		return (event instanceof MessageEvent message) ? write(message.message()) : null;
	}

	// JSON's escapes allow half surrogate pairs, which nobody could write again: encoding
	// to UTF-8 replaces them.
	private JsonNode write(Object value) {
		return this.writer.readTree(this.writer.writeValueAsString(value).getBytes(StandardCharsets.UTF_8));
	}

	private static JsonMapper mapper(int maxDepth) {
		JsonFactory factory = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(maxDepth).build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(maxDepth).build())
			.build();
		return JsonMapper.builder(factory)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
			.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.build();
	}

}
