package io.pulsehook.console.contacts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.console.event.EventSummary;
import io.pulsehook.console.format.Labels;
import io.pulsehook.console.format.Times.Time;
import io.pulsehook.event.Bot;
import io.pulsehook.event.ChatbotEvent;
import io.pulsehook.event.Contact;
import io.pulsehook.event.Event;
import io.pulsehook.event.Operator;
import io.pulsehook.event.Tag;
import io.pulsehook.inbox.query.StoredEvent;

/**
 * Who a contact is, as its newest event tells.
 *
 * @param id the contact's id
 * @param name its name, or else whatever it is known by
 * @param facts what else is known, by name
 * @param tags its tags
 * @param variables its variables, by name
 * @param last when its last event was received
 */
record Profile(String id, String name, Map<String, String> facts, List<String> tags, Map<String, String> variables,
		Time last) {

	private static final int LONGEST_VALUE = 500;

	/**
	 * Reads who a contact is.
	 * @param id the contact's id
	 * @param stored the newest event that tells about it
	 * @param event the same event
	 * @param newest the contact's newest event
	 * @param now the time from which is counted how long ago something was
	 * @return the profile
	 */
	static Profile of(String id, StoredEvent stored, Event event, StoredEvent newest, Instant now) {
		String name = Objects.requireNonNullElse(EventSummary.of(event).who(), id);
		Contact contact = (event instanceof ChatbotEvent chatbot) ? chatbot.contact() : null;
		Time last = Time.of(newest.receivedAt(), now);
		if (contact == null) {
			return new Profile(id, name, Map.of(), List.of(), Map.of(), last);
		}
		Map<String, String> facts = new LinkedHashMap<>();
		put(facts, "Channel", Labels.service(stored.type(), stored.service()));
		Bot bot = ((ChatbotEvent) event).bot();
		put(facts, "Bot", (bot != null) ? bot.name() : null);
		put(facts, "Username", contact.username());
		put(facts, "Phone", contact.phone());
		put(facts, "E-mail", contact.email());
		put(facts, "Operator", operator(contact.operator()));
		return new Profile(id, name, facts, contact.tags().stream().map(Profile::name).toList(),
				variables(contact.variables()), last);
	}

	private static void put(Map<String, String> facts, String name, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			facts.put(name, value);
		}
	}

	private static @Nullable String operator(@Nullable Operator operator) {
		if (operator == null) {
			return null;
		}
		return (operator.username() != null) ? operator.username() : operator.email();
	}

	private static String name(Tag tag) {
		return shortened((tag.name() != null) ? tag.name() : tag.raw().toString());
	}

	private static Map<String, String> variables(Map<String, JsonNode> variables) {
		Map<String, String> shown = new LinkedHashMap<>();
		variables.forEach((name, value) -> {
			if (!value.isNull()) {
				shown.put(name, shortened(value.isString() ? value.asString() : value.toString()));
			}
		});
		return shown;
	}

	private static String shortened(String value) {
		return (value.length() > LONGEST_VALUE) ? value.substring(0, LONGEST_VALUE) + "…" : value;
	}

}
