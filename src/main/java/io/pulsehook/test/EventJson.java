package io.pulsehook.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.Events;
import io.pulsehook.event.Bot;
import io.pulsehook.event.ChatbotDetails;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Contact;
import io.pulsehook.event.Event;
import io.pulsehook.event.Operator;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.event.PaymentVariable;
import io.pulsehook.event.UnrecognizedEvent;

/**
 * Writes a record as SendPulse would send it, and makes sure that the receiver would read
 * the same record again.
 */
final class EventJson {

	private EventJson() {
	}

	/**
	 * Writes an event.
	 * @param event the event
	 * @return a JSON object that is read as that event
	 * @throws IllegalArgumentException if no JSON is
	 */
	static String of(Event event) {
		if (event instanceof UnrecognizedEvent) {
			throw new IllegalArgumentException("An unrecognised event knows nothing but why it was not recognised, so "
					+ "that it cannot be posted. Post its JSON.");
		}
		String json = ((event instanceof ChatbotEvent chatbotEvent) ? chatbotEvent(chatbotEvent.details())
				: payment((PaymentOrder) event))
			.toString();
		if (!Events.read(json).equals(List.of(event))) {
			throw new IllegalArgumentException("SendPulse could not send " + event.getClass().getSimpleName()
					+ " as it is, since no JSON is read as that. Make it with TestEvents, or post JSON.");
		}
		return json;
	}

	private static ObjectNode chatbotEvent(ChatbotDetails details) {
		ObjectNode json = Json.object();
		set(json, "info", details.info());
		set(json, "message", details.message());
		set(json, "service", details.serviceCode());
		set(json, "title", details.title());
		set(json, "bot", (details.bot() != null) ? bot(details.bot()) : null);
		set(json, "contact", (details.contact() != null) ? contact(details.contact()) : null);
		set(json, "date", number(details.rawDate()));
		return json;
	}

	private static ObjectNode bot(Bot bot) {
		ObjectNode json = Json.object();
		set(json, "url", bot.url());
		set(json, "external_id", bot.externalId());
		set(json, "id", bot.id());
		set(json, "name", bot.name());
		set(json, "channel", bot.channel());
		return json;
	}

	private static ObjectNode contact(Contact contact) {
		ObjectNode json = Json.object();
		set(json, "id", contact.id());
		set(json, "name", contact.name());
		set(json, "username", contact.username());
		set(json, "email", contact.email());
		set(json, "phone", contact.rawPhone());
		set(json, "last_message", contact.lastMessage());
		set(json, "last_message_data", contact.lastMessageData());
		set(json, "photo", contact.photo());
		set(json, "profile_pic", contact.profilePic());
		set(json, "telegram_id", contact.telegramId());
		set(json, "user_id", contact.userId());
		ArrayNode tags = json.putArray("tags");
		contact.tags().forEach((tag) -> tags.add(tag.raw()));
		set(json, "operator", (contact.operator() != null) ? operator(contact.operator()) : null);
		ObjectNode variables = json.putObject("variables");
		contact.variables().forEach(variables::set);
		return json;
	}

	private static ObjectNode operator(Operator operator) {
		ObjectNode json = Json.object();
		set(json, "username", operator.username());
		set(json, "created_at", number(operator.rawCreatedAt()));
		set(json, "user_id", number(operator.userId()));
		set(json, "avatar", operator.avatar());
		set(json, "email", operator.email());
		return json;
	}

	private static ObjectNode payment(PaymentOrder payment) {
		ObjectNode order = Json.object();
		set(order, "totalCost", number(payment.rawTotalCost()));
		set(order, "status", number(payment.statusCode()));
		set(order, "customerName", payment.customerName());
		set(order, "service", number(payment.serviceCode()));
		set(order, "paymentMethodType", number(payment.methodCode()));
		ArrayNode variables = order.putArray("variables");
		payment.variables().forEach((variable) -> variables.add(variable(variable)));
		set(order, "number", number(payment.number()));
		set(order, "currency", payment.currency());
		set(order, "contactId", payment.contactId());
		set(order, "updatedAt", payment.rawUpdatedAt());
		set(order, "type", number(payment.typeCode()));
		set(order, "id", payment.id());
		set(order, "createdAt", payment.rawCreatedAt());
		set(order, "description", payment.description());
		ObjectNode json = Json.object();
		set(json, "timestamp", number(payment.rawTimestamp()));
		set(json, "version", payment.version());
		set(json, "event", payment.event());
		json.set("order", order);
		return json;
	}

	private static ObjectNode variable(PaymentVariable variable) {
		ObjectNode json = Json.object();
		set(json, "valueType", number(variable.valueTypeCode()));
		set(json, "name", variable.name());
		set(json, "value", variable.text());
		return json;
	}

	private static @Nullable JsonNode number(@Nullable String text) {
		return (text != null) ? Json.number(text) : null;
	}

	private static void set(ObjectNode json, String name, @Nullable Object value) {
		if (value != null) {
			json.set(name, Json.of(value));
		}
	}

}
