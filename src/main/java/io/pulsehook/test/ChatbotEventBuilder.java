package io.pulsehook.test;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.Channel;
import io.pulsehook.event.ChatbotEvent;

/**
 * Builds an event of a chatbot. By default it happens on Telegram, to a new contact, and
 * later than the events of all builders that were created before.
 *
 * @param <E> the type of the event
 * @param <B> the type of the builder
 */
public abstract class ChatbotEventBuilder<E extends ChatbotEvent, B extends ChatbotEventBuilder<E, B>>
		extends EventBuilder<E, B> {

	private final ObjectNode bot = Json.object();

	private final ObjectNode contact = Json.object();

	private final ObjectNode variables = Json.object();

	private String title;

	private Channel service = Channel.TELEGRAM;

	private Instant date = Unique.time();

	private @Nullable JsonNode info;

	ChatbotEventBuilder(Class<E> type, String title) {
		super(type);
		this.title = title;
		this.bot.put("id", "60b0a854b4d8073f592b92f3");
	}

	/**
	 * Adds the fields of the bot and the contact that nearly every event has.
	 */
	final void addUsualDetails() {
		this.bot.put("external_id", 1845120800).put("name", "Test bot");
		this.contact.put("id", Unique.id()).put("name", "Veronica").put("username", "veronica");
	}

	final void setTitle(String title) {
		this.title = title;
	}

	/**
	 * Sets the messaging platform, which also determines where a message has its parts.
	 * @param service the platform; {@link Channel#UNKNOWN} leaves it out
	 * @return this builder
	 */
	public B service(Channel service) {
		this.service = service;
		return self();
	}

	/**
	 * Sets the bot.
	 * @param id the id that SendPulse gave it
	 * @return this builder
	 */
	public B bot(String id) {
		this.bot.put("id", id);
		return self();
	}

	/**
	 * Sets the contact. Events of the same bot and contact are handled in their order.
	 * @param id the id that SendPulse gave it
	 * @return this builder
	 */
	public B contact(String id) {
		this.contact.put("id", id);
		return self();
	}

	/**
	 * Sets the contact's name.
	 * @param name the name
	 * @return this builder
	 */
	public B name(String name) {
		this.contact.put("name", name);
		return self();
	}

	/**
	 * Sets the contact's phone number, which SendPulse sends for some platforms only.
	 * @param phone the number
	 * @return this builder
	 */
	public B phone(String phone) {
		this.contact.put("phone", phone);
		return self();
	}

	/**
	 * Sets the contact's e-mail address, which SendPulse sends for some platforms only.
	 * @param email the address
	 * @return this builder
	 */
	public B email(String email) {
		this.contact.put("email", email);
		return self();
	}

	/**
	 * Sets the contact's last incoming text. Messages from users have it without this
	 * call.
	 * @param text the text
	 * @return this builder
	 */
	public B lastMessage(String text) {
		this.contact.put("last_message", text);
		return self();
	}

	/**
	 * Sets the contact's tags.
	 * @param tags their names
	 * @return this builder
	 */
	public B tags(String... tags) {
		this.contact.set("tags", Json.of(List.of(tags)));
		return self();
	}

	/**
	 * Adds a variable of the contact.
	 * @param name its name, in the case that the bot's author chose
	 * @param value a text, a number or a boolean; {@code null} for the null of JSON
	 * @return this builder
	 */
	public B variable(String name, @Nullable Object value) {
		this.variables.set(name, Json.of(value));
		return self();
	}

	/**
	 * Sets when it happened.
	 * @param date the time, which is sent in whole milliseconds
	 * @return this builder
	 */
	public B date(Instant date) {
		this.date = date;
		return self();
	}

	/**
	 * Sets what the messaging platform told SendPulse, in place of what this builder
	 * would make up.
	 * @param json the {@code info} as JSON, {@code "null"} for none
	 * @return this builder
	 * @throws IllegalArgumentException if it is no JSON
	 */
	public B info(String json) {
		this.info = Json.read(json);
		return self();
	}

	@Override
	ObjectNode element() {
		ObjectNode element = Json.object();
		element.set("info", (this.info != null) ? this.info.deepCopy() : defaultInfo(this.service));
		if (this.service != Channel.UNKNOWN) {
			element.put("service", this.service.code());
		}
		element.put("title", this.title);
		element.set("bot", this.bot.deepCopy());
		ObjectNode sent = this.contact.deepCopy();
		addDetails(sent);
		addVariables(sent, this.variables.deepCopy());
		element.set("contact", sent);
		return element.put("date", date());
	}

	private long date() {
		return (this.date.getNano() < 1_000_000) ? this.date.getEpochSecond() : this.date.toEpochMilli();
	}

	/**
	 * Makes up what the messaging platform told SendPulse, for a test that did not set
	 * it.
	 * @param service the platform
	 * @return the {@code info}, the null of JSON for none
	 */
	JsonNode defaultInfo(Channel service) {
		return Json.of(null);
	}

	/**
	 * Adds the fields that only events of this type have.
	 * @param contact the contact that is sent
	 */
	void addDetails(ObjectNode contact) {
	}

	/**
	 * Adds the variables in the place where an event of this type has them.
	 * @param contact the contact that is sent
	 * @param variables the variables by their names
	 */
	void addVariables(ObjectNode contact, ObjectNode variables) {
		if (!variables.isEmpty()) {
			contact.set("variables", variables);
		}
	}

}
