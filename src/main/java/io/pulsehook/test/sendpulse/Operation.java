package io.pulsehook.test.sendpulse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.Channel;

/**
 * What can be called on some channels.
 *
 * @param channels the channels that have it
 * @param query the parameters that are required
 * @param shape the shape of the body for a channel
 * @param action what it does and answers
 */
record Operation(Set<Channel> channels, List<String> query, Function<Channel, @Nullable Shape> shape, Action action) {

	/**
	 * Compares a request with what the operation requires.
	 * @return what is wrong by the name of the field or parameter, empty if nothing is
	 */
	Map<String, String> problems(Channel channel, Map<String, String> parameters, JsonNode body) {
		Map<String, String> problems = new LinkedHashMap<>();
		this.query.stream()
			.filter((name) -> parameters.getOrDefault(name, "").isBlank())
			.forEach((name) -> problems.put(name, "The " + name + " field is required."));
		Shape shape = this.shape.apply(channel);
		if (shape != null) {
			problems.putAll(shape.problems(body));
		}
		return problems;
	}

	interface Action {

		Reply perform(Call call);

	}

	/**
	 * A request of an operation that has the right form.
	 *
	 * @param operation the path below the channel's
	 * @param channel the channel
	 * @param query the parameters
	 * @param body the body
	 * @param contacts the contacts of the account
	 * @param style how to answer
	 * @param largestPage the most elements that a list has
	 */
	record Call(String operation, Channel channel, Map<String, String> query, JsonNode body, Contacts contacts,
			AnswerStyle style, int largestPage) {

		FakeContact contact() {
			String id = this.query.getOrDefault("contact_id", this.query.getOrDefault("id", ""));
			return this.contacts.get(this.body.path("contact_id").asString(id));
		}

		Rows rows() {
			return new Rows(this.style);
		}

	}

}
