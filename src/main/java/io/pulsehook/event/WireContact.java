package io.pulsehook.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A contact as it is on the wire. A class and not a record, because Jackson hands the
 * unknown properties to a constructor in reverse order.
 */
final class WireContact {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\s*\\{\\{[^{}]*}}\\s*");

	@JsonProperty
	private @Nullable String id;

	@JsonProperty
	private @Nullable String name;

	@JsonProperty
	private @Nullable String username;

	@JsonProperty
	private @Nullable String email;

	@JsonProperty
	private @Nullable String phone;

	@JsonProperty("last_message")
	private @Nullable String lastMessage;

	@JsonProperty("last_message_data")
	private @Nullable JsonNode lastMessageData;

	@JsonProperty
	private @Nullable String photo;

	@JsonProperty("profile_pic")
	private @Nullable String profilePic;

	@JsonProperty("telegram_id")
	private @Nullable String telegramId;

	@JsonProperty("user_id")
	private @Nullable String userId;

	@JsonProperty
	private @Nullable JsonNode tags;

	@JsonProperty
	private @Nullable JsonNode operator;

	@JsonProperty
	private @Nullable JsonNode variables;

	@JsonAnySetter
	private final Map<String, JsonNode> others = new LinkedHashMap<>();

	Contact toContact() {
		Map<String, JsonNode> variables = variables();
		return new Contact(filled(this.id), filled(this.name), filled(this.username),
				filledOr(this.email, Contact.variable(variables, "email").email()),
				filledOr(this.phone, Contact.variable(variables, "phone").phone()), this.phone, this.lastMessage,
				(this.lastMessageData != null && !this.lastMessageData.isNull()) ? this.lastMessageData : null,
				this.photo, this.profilePic, this.telegramId, this.userId, Tag.listOf(this.tags),
				(this.operator != null && this.operator.isObject()) ? Operator.of(this.operator) : null, variables);
	}

	// A flow's webhook is a template, and SendPulse sends a placeholder that its author
	// mistyped just as it was written.
	private static @Nullable String filled(@Nullable String value) {
		return (value != null && value.contains("{{") && PLACEHOLDER.matcher(value).matches()) ? null : value;
	}

	private static @Nullable String filledOr(@Nullable String value, @Nullable String variable) {
		String filled = filled(value);
		return (variable == null || (filled != null && !filled.isBlank())) ? filled : variable;
	}

	// The variables lie in "variables", or beside the contact's own fields where there is
	// no such object. An array and a null mean that there are none.
	private Map<String, JsonNode> variables() {
		if (this.variables != null && (this.variables.isContainer() || this.variables.isNull())) {
			Map<String, JsonNode> result = new LinkedHashMap<>();
			this.variables.forEachEntry(result::put);
			return Collections.unmodifiableMap(result);
		}
		addIfVariable("variables", this.variables);
		addIfVariable("operator", this.operator);
		return Collections.unmodifiableMap(this.others);
	}

	private void addIfVariable(String name, @Nullable JsonNode value) {
		if (value != null && value.isValueNode() && !value.isNull()) {
			this.others.put(name, value);
		}
	}

}
