package io.pulsehook.test.sendpulse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.Channel;

/**
 * What the server knows of a contact: a test prepares it, and looks at what its handlers
 * changed.
 */
public final class FakeContact {

	private final String id;

	private final Instant createdAt = Instant.now();

	private final Set<String> tags = new LinkedHashSet<>();

	private final Map<String, JsonNode> variables = new LinkedHashMap<>();

	private final List<FakeMessage> messages = new ArrayList<>();

	private @Nullable Channel channel;

	private String bot = "60b0a854b4d8073f592b92f3";

	private String name = "Veronica";

	private ContactStatus status = ContactStatus.ACTIVE;

	private boolean known = true;

	private boolean chatOpen;

	private @Nullable Instant pausedUntil;

	private @Nullable Long operator;

	private @Nullable WindowRefusal refusal;

	FakeContact(String id) {
		this.id = id;
	}

	/**
	 * Sets the channel and the bot. Calls of another channel's API do not find the
	 * contact. Without this, the first call determines the channel.
	 * @param channel the channel
	 * @param bot the id of the bot
	 * @return this contact
	 */
	public synchronized FakeContact on(Channel channel, String bot) {
		this.channel = channel;
		this.bot = bot;
		return this;
	}

	/**
	 * Adds a message to the conversation.
	 * @param message the message
	 * @return this contact
	 */
	public synchronized FakeContact add(FakeMessage message) {
		this.messages.add(message);
		return this;
	}

	/**
	 * Lets the contact not have written for 24 hours: messages are refused, but
	 * WhatsApp's templates and Messenger's tagged ones are not.
	 * @param refusal how they are refused
	 * @return this contact
	 */
	public synchronized FakeContact outsideWindow(WindowRefusal refusal) {
		this.refusal = refusal;
		return this;
	}

	/**
	 * Lets the contact have blocked the bot. How SendPulse refuses messages then is not
	 * known; here it is a status 400 that says so.
	 * @return this contact
	 */
	public synchronized FakeContact block() {
		this.status = ContactStatus.BLOCKED;
		return this;
	}

	/**
	 * Lets SendPulse not know the contact.
	 * @return this contact
	 */
	public synchronized FakeContact unknown() {
		this.known = false;
		return this;
	}

	/**
	 * Returns the tags.
	 * @return the tags, in the order in which they were added
	 */
	public synchronized List<String> tags() {
		return List.copyOf(this.tags);
	}

	/**
	 * Returns the variables.
	 * @return the values by name
	 */
	public synchronized Map<String, JsonNode> variables() {
		return new LinkedHashMap<>(this.variables);
	}

	/**
	 * Returns the conversation.
	 * @return the messages in the order in which they were added
	 */
	public synchronized List<FakeMessage> messages() {
		return List.copyOf(this.messages);
	}

	/**
	 * Returns the texts that flows and callers of the API sent.
	 * @return the texts, the first one first
	 */
	public synchronized List<String> answers() {
		return this.messages.stream()
			.filter((message) -> message.author() == FakeMessage.Author.BOT)
			.map(FakeMessage::text)
			.filter(Objects::nonNull)
			.toList();
	}

	/**
	 * Tells whether the chat is open, for operators to see.
	 * @return {@code true} if so
	 */
	public synchronized boolean isChatOpen() {
		return this.chatOpen;
	}

	/**
	 * Tells whether flows are paused.
	 * @return {@code true} if so
	 */
	public synchronized boolean isAutomationPaused() {
		return this.pausedUntil != null && this.pausedUntil.isAfter(Instant.now());
	}

	/**
	 * Returns the operator to whom the chat was assigned.
	 * @return the id, or {@code null} if there is none
	 */
	public synchronized @Nullable Long operator() {
		return this.operator;
	}

	/**
	 * Adds a tag.
	 * @param tag the tag
	 * @return this contact
	 */
	public synchronized FakeContact tag(String tag) {
		this.tags.add(tag);
		return this;
	}

	/**
	 * Sets a variable.
	 * @param name the name
	 * @param value the value: text, a number or a boolean
	 * @return this contact
	 */
	public synchronized FakeContact variable(String name, Object value) {
		this.variables.put(name, Reply.MAPPER.valueToTree(value));
		return this;
	}

	/**
	 * Opens or closes the chat.
	 * @param open whether it is open
	 * @return this contact
	 */
	public synchronized FakeContact chatOpen(boolean open) {
		this.chatOpen = open;
		return this;
	}

	/**
	 * Pauses flows, or lets them go on.
	 * @param duration for how long they pause, or {@code null} if they go on
	 * @return this contact
	 */
	public synchronized FakeContact pauseAutomation(@Nullable Duration duration) {
		this.pausedUntil = (duration != null) ? Instant.now().plus(duration) : null;
		return this;
	}

	synchronized void assign(@Nullable Long operator) {
		this.operator = operator;
	}

	synchronized void changeStatus(ContactStatus status) {
		this.status = status;
	}

	synchronized void removeTag(String tag) {
		this.tags.remove(tag);
	}

	synchronized void removeVariable(String name) {
		this.variables.remove(name);
	}

	/**
	 * Tells whether a channel's API finds the contact, whose channel is determined by the
	 * first call.
	 */
	synchronized boolean isFoundBy(Channel channel) {
		if (this.channel == null) {
			this.channel = channel;
		}
		return this.known && this.channel == channel;
	}

	synchronized boolean isOf(Channel channel, @Nullable String bot) {
		return this.known && this.channel == channel && this.bot.equals(bot);
	}

	synchronized @Nullable Channel channel() {
		return this.channel;
	}

	synchronized String bot() {
		return this.bot;
	}

	synchronized void rename(String name) {
		this.name = name;
	}

	synchronized String name() {
		return this.name;
	}

	synchronized ContactStatus status() {
		return this.status;
	}

	synchronized @Nullable Instant pausedUntil() {
		return this.pausedUntil;
	}

	synchronized @Nullable WindowRefusal refusal() {
		return this.refusal;
	}

	String id() {
		return this.id;
	}

	Instant createdAt() {
		return this.createdAt;
	}

}
