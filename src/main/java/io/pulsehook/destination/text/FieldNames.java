package io.pulsehook.destination.text;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;

import io.pulsehook.event.ChatbotDetails;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Event;
import io.pulsehook.event.Message;
import io.pulsehook.event.MessageEvent;
import io.pulsehook.event.PaymentOrder;

/**
 * The names of the fields that events of some types can have in their payload, as far as
 * records have them. What SendPulse and its users name themselves, such as variables, can
 * have any name.
 */
final class FieldNames {

	private static final Pattern INDEX = Pattern.compile("(?<=\\.)\\d+(?=\\.|$)");

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<String> open = new LinkedHashSet<>();

	private FieldNames() {
	}

	/**
	 * Finds the names that are known of some types.
	 * @param types the records that events are read as
	 * @return their names
	 */
	static FieldNames of(Collection<Class<? extends Event>> types) {
		FieldNames names = new FieldNames();
		for (Class<? extends Event> type : types) {
			if (ChatbotEvent.class.isAssignableFrom(type)) {
				names.addObject("", MAPPER.constructType(ChatbotDetails.class));
			}
			else if (type == PaymentOrder.class) {
				names.addObject("", MAPPER.constructType(PaymentOrder.class));
			}
		}
		// Some old forms have a message as it came among the details. The one that is
		// read is meant.
		names.remove("message");
		names.addObject("", MAPPER.constructType(Around.class));
		if (types.stream().anyMatch(MessageEvent.class::isAssignableFrom)) {
			names.add("message", MAPPER.constructType(Message.class));
		}
		return names;
	}

	/**
	 * Tells whether an event of one of the types can have a field.
	 * @param name the field's name, with dots
	 */
	boolean contains(String name) {
		String first = INDEX.matcher(name.startsWith("data.") ? name.substring("data.".length()) : name)
			.replaceAll("0");
		return this.names.contains(first) || this.open.stream().anyMatch((open) -> first.startsWith(open + "."));
	}

	/**
	 * Returns all names; one of an array's element has the index 0.
	 */
	Stream<String> stream() {
		return this.names.stream();
	}

	private void add(String name, JavaType type) {
		this.names.add(name);
		if (type.isMapLikeType() || type.isTypeOrSubTypeOf(JsonNode.class)) {
			this.open.add(name);
		}
		else if (type.isCollectionLikeType()) {
			add(name + ".0", type.getContentType());
		}
		else if (type.getRawClass().isRecord()) {
			addObject(name + ".", type);
		}
	}

	private void remove(String name) {
		this.names.remove(name);
		this.open.remove(name);
	}

	private void addObject(String prefix, JavaType type) {
		MAPPER.acceptJsonFormatVisitor(type, new JsonFormatVisitorWrapper.Base() {

			@Override
			public JsonObjectFormatVisitor expectObjectFormat(JavaType object) {
				return new JsonObjectFormatVisitor.Base(getContext()) {

					@Override
					public void property(BeanProperty property) {
						add(prefix + property.getName(), property.getType());
					}

					@Override
					public void optionalProperty(BeanProperty property) {
						property(property);
					}

				};
			}

		});
	}

	/**
	 * What the payload has around the record. Only messages have parts of a message.
	 *
	 * @param id the event's id
	 * @param type the simple name of its record
	 * @param source the source that received it
	 * @param receivedAt when it was received
	 * @param arrivedAt when it arrived, if it was kept in the spool until it was received
	 * @param occurredAt when it happened
	 * @param data the record
	 * @param message the parts of a message
	 * @param raw the JSON as it came
	 */
	private record Around(String id, String type, String source, Instant receivedAt, Instant arrivedAt,
			Instant occurredAt, String data, String message, JsonNode raw) {

	}

}
