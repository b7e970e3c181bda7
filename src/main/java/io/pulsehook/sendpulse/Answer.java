package io.pulsehook.sendpulse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What SendPulse answered. What is documented of its shape is not always so, therefore it
 * is read leniently.
 *
 * @param body the whole answer, a missing node if it was empty
 */
record Answer(JsonNode body) {

	private static final JsonMapper JSON = new JsonMapper();

	/** The names of parameters are told, and nothing that could be what was sent. */
	private static final Pattern PARAMETER = Pattern.compile("[a-z_]{1,30}(\\.([a-z_]{1,30}|\\d{1,3})){0,5}");

	/**
	 * Reads an answer.
	 * @param bytes the bytes of the answer, or {@code null} if it was empty
	 * @return the answer, or {@code null} if it is not JSON, or a mere text or number
	 */
	static @Nullable Answer read(byte @Nullable [] bytes) {
		if (bytes == null || bytes.length == 0) {
			return new Answer(MissingNode.getInstance());
		}
		try {
			JsonNode body = JSON.readTree(bytes);
			return (body.isContainer() || body.isBoolean()) ? new Answer(body) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Returns what was asked for. Most answers have it in an envelope, and some are said
	 * to have none.
	 */
	JsonNode data() {
		return isEnvelope() ? this.body.path("data") : this.body;
	}

	/**
	 * Returns what the envelope says beside what was asked for.
	 * @param name the name of a field, such as {@code meta} or {@code links}
	 * @return the field, or {@code null} if it is missing or there is no envelope
	 */
	@Nullable JsonNode beside(String name) {
		return isEnvelope() ? this.body.get(name) : null;
	}

	// A message has a field "data" as well, but it also has an id.
	private boolean isEnvelope() {
		return this.body.has("success") || (this.body.has("data") && !this.body.has("id"));
	}

	/**
	 * Tells whether the answer says that the call did not work. Its status can be 200
	 * even so.
	 */
	boolean saysNo() {
		return isNo(this.body.path("success")) || isNo(data());
	}

	private static boolean isNo(JsonNode value) {
		return value.isBoolean() && !value.booleanValue();
	}

	/**
	 * Returns the code of the error.
	 * @return the code, or {@code null} if there is none
	 */
	@Nullable Long errorCode() {
		JsonNode code = this.body.path("error_code");
		long value = code.asLong(0);
		return (value != 0) ? value : null;
	}

	/**
	 * Returns the names of the parameters that SendPulse finds wrong, as far as they can
	 * be told.
	 */
	Set<String> wrongParameters() {
		Set<String> names = new TreeSet<>();
		for (String name : this.body.path("errors").propertyNames()) {
			if (PARAMETER.matcher(name).matches()) {
				names.add(name);
			}
		}
		return names;
	}

	/**
	 * Returns everything that the answer says about the error, a line for each text. It
	 * can quote what was sent, so that it is read and never shown.
	 */
	String errorText() {
		List<String> lines = new ArrayList<>();
		collect("", this.body.path("message"), lines);
		collect("", this.body.path("error"), lines);
		collect("", this.body.path("errors"), lines);
		collect("", this.body.path("data").path("message"), lines);
		return String.join("\n", lines);
	}

	private static void collect(String name, JsonNode value, List<String> lines) {
		if (value.isString()) {
			lines.add(name + value.stringValue());
		}
		value.properties().forEach((field) -> collect(field.getKey() + ": ", field.getValue(), lines));
		if (value.isArray()) {
			value.forEach((element) -> collect(name, element, lines));
		}
	}

	/**
	 * Leaves out what people wrote, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "Answer[]";
	}

}
