package io.pulsehook.sendpulse;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.ContactVariable;

/**
 * What SendPulse knows of a contact at the moment.
 *
 * @param id the contact's id
 * @param botId the id of the bot, or {@code null}
 * @param status whether it can be written to
 * @param name the name on the channel, or {@code null}
 * @param tags the tags, none if it has none
 * @param variables the variables by name, as SendPulse has them
 * @param chatOpen whether its chat is open for operators
 * @param lastActivityAt when it was last active, or {@code null}
 * @param automationPausedUntil until when flows do not write to it, or {@code null}; can
 * lie in the past
 * @param createdAt when it first wrote, or {@code null}
 * @param json all of what was answered
 */
public record ContactDetails(String id, @Nullable String botId, ContactStatus status, @Nullable String name,
		List<String> tags, Map<String, JsonNode> variables, boolean chatOpen, @Nullable Instant lastActivityAt,
		@Nullable Instant automationPausedUntil, @Nullable Instant createdAt, JsonNode json) {

	/**
	 * A variable, to be read as what its author meant it to be:
	 * {@code contact.variable("age").number()}.
	 * @param name the variable's name, or one that differs by the case of letters alone
	 * @return the variable, whose text is {@code null} if there is none of the name
	 */
	public ContactVariable variable(String name) {
		String known = this.variables.containsKey(name) ? name
				: this.variables.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
		JsonNode value = this.variables.get(known);
		return new ContactVariable(known, (value != null) ? Reads.text(value) : null);
	}

	/**
	 * Tells whether flows do not write to the contact at the moment, as while an operator
	 * does.
	 * @param now the time
	 * @return {@code true} if they are paused
	 */
	public boolean isAutomationPaused(Instant now) {
		return this.automationPausedUntil != null && this.automationPausedUntil.isAfter(now);
	}

	static ContactDetails read(JsonNode contact, String id) {
		JsonNode channel = contact.path("channel_data");
		return new ContactDetails(Reads.text(contact, "id", id), Reads.text(contact.path("bot_id")),
				ContactStatus.of(contact.path("status")),
				Reads.first(channel.path("name"), channel.path("full_name"), channel.path("display_name"),
						channel.path("first_name"), channel.path("username"), channel.path("user_name")),
				Reads.texts(contact.path("tags")), Reads.fields(contact.path("variables")),
				Reads.isTrue(contact.path("is_chat_opened")), Reads.time(contact.path("last_activity_at")),
				Reads.time(contact.path("automation_paused_until")), Reads.time(contact.path("created_at")), contact);
	}

	/**
	 * Leaves out who it is, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "ContactDetails[status=" + this.status + "]";
	}

}
