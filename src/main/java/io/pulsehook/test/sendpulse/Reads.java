package io.pulsehook.test.sendpulse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.pulsehook.event.Channel;
import io.pulsehook.test.sendpulse.Operation.Call;

/**
 * Answers questions about contacts and their conversations.
 */
final class Reads {

	/** How many elements a list has if the caller does not say. */
	static final int SIZE = 20;

	private static final Comparator<FakeContact> LATEST_FIRST = Comparator.comparing(Rows::lastActivity)
		.reversed()
		.thenComparing(FakeContact::id);

	private Reads() {
	}

	static Reply done() {
		return Reply.of(Reply.MAPPER.createObjectNode().put("success", true).put("data", true));
	}

	static Reply data(JsonNode data) {
		ObjectNode body = Reply.MAPPER.createObjectNode().put("success", true);
		body.set("data", data);
		return Reply.of(body);
	}

	static Reply contact(Call call) {
		return data(call.rows().contact(call.contact()));
	}

	static Reply pause(Call call) {
		Instant until = call.contact().pausedUntil();
		long minutes = (until != null) ? Math.max(0, Duration.between(Instant.now(), until).toMinutes()) : 0;
		return data(Reply.MAPPER.createObjectNode().put("minutes", minutes));
	}

	// One caller says that the answer is the end of the pause; documented it is not.
	static Reply pauseSet(Call call) {
		Instant until = call.contact().pausedUntil();
		return (call.style() == AnswerStyle.AS_SEEN && until != null)
				? data(Reply.MAPPER.valueToTree(call.rows().time(until))) : done();
	}

	/**
	 * Lists the messages of a contact, the newest first unless the caller orders
	 * otherwise. Parameters that SendPulse ignores, as {@code page}, are ignored.
	 */
	static Reply history(Call call) {
		List<FakeMessage> messages = new ArrayList<>(call.contact().messages());
		messages.sort(Comparator.comparing(FakeMessage::at));
		if (!"asc".equals(call.query().get("order"))) {
			Collections.reverse(messages);
		}
		String after = call.query().get("search_after");
		if (after != null && call.channel() != Channel.MESSENGER) {
			int index = messages.stream().map(FakeMessage::id).toList().indexOf(after);
			messages = (index >= 0) ? messages.subList(index + 1, messages.size()) : List.of();
		}
		List<ObjectNode> rows = messages.stream()
			.map((message) -> call.rows().message(call.contact(), message))
			.toList();
		return list(call, rows);
	}

	static Reply chats(Call call) {
		return list(call, of(call).sorted(LATEST_FIRST).map(call.rows()::chat).toList());
	}

	static Reply contactsByTag(Call call) {
		return list(call,
				call.contacts()
					.all()
					.filter((contact) -> contact.isOf(call.channel(), call.query().get("bot_id")))
					.filter((contact) -> contact.tags().contains(call.query().get("tag")))
					.map(call.rows()::contact)
					.toList());
	}

	private static Stream<FakeContact> of(Call call) {
		return call.contacts()
			.withMessages()
			.filter((contact) -> contact.isOf(call.channel(), call.query().get("bot_id")));
	}

	static Reply bots(Call call) {
		return list(call,
				call.contacts()
					.all()
					.filter((contact) -> contact.channel() == call.channel())
					.map(FakeContact::bot)
					.distinct()
					.map((bot) -> Reply.MAPPER.createObjectNode().put("id", bot).put("status", 3))
					.toList());
	}

	static Reply nothing(Call call) {
		return list(call, List.of());
	}

	private static Reply list(Call call, List<ObjectNode> rows) {
		int size = Math.min(number(call.query(), "size", SIZE), call.largestPage());
		ObjectNode body = Reply.MAPPER.createObjectNode().put("success", true);
		body.set("data",
				Reply.MAPPER.valueToTree(rows.stream().skip(number(call.query(), "skip", 0)).limit(size).toList()));
		if (call.style() == AnswerStyle.AS_SEEN) {
			body.putObject("meta").put("total", rows.size()).put("limit", size);
			body.putObject("links").putNull("next");
		}
		return Reply.of(body);
	}

	static int number(Map<String, String> query, String name, int otherwise) {
		String value = query.getOrDefault(name, "");
		return value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise;
	}

}
