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
	private static final int SIZE = 20;

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
			List<String> ids = messages.stream().map((message) -> String.valueOf(message.id())).toList();
			int index = ids.indexOf(after);
			messages = (index >= 0) ? messages.subList(index + 1, messages.size()) : List.of();
		}
		List<ObjectNode> rows = messages.stream()
			.map((message) -> call.rows().message(call.contact(), message))
			.toList();
		return list(call, rows);
	}

	static Reply chats(Call call) {
		return list(call, of(call).map(call.rows()::chat).toList());
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
			.stream()
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

	/**
	 * Lists the conversations of all channels, the one with the latest message first.
	 */
	static Reply dialogs(Map<String, String> query, Contacts contacts, AnswerStyle style) {
		List<FakeContact> dialogs = new ArrayList<>(contacts.withMessages());
		boolean ascending = "asc".equals(query.get("order"));
		if (ascending) {
			Collections.reverse(dialogs);
		}
		int total = dialogs.size();
		int skip = number(query, "skip", 0);
		String after = query.get("search_after");
		if (after != null) {
			skip += dialogs.stream().map(FakeContact::id).toList().indexOf(after.substring(1)) + 1;
		}
		int size = number(query, "size", SIZE);
		List<FakeContact> page = dialogs.stream().skip(skip).limit(size).toList();
		ObjectNode data = Reply.MAPPER.createObjectNode();
		data.set("list", Reply.MAPPER.valueToTree(page.stream().map(new Rows(style)::dialog).toList()));
		data.putObject("sort");
		data.put("total", total).put("size", size).put("order", ascending ? "asc" : "desc");
		data.put("search_after", page.isEmpty() ? null : "c" + page.get(page.size() - 1).id());
		return data(data);
	}

	private static Reply list(Call call, List<ObjectNode> rows) {
		int size = number(call.query(), "size", SIZE);
		ObjectNode body = Reply.MAPPER.createObjectNode().put("success", true);
		body.set("data",
				Reply.MAPPER.valueToTree(rows.stream().skip(number(call.query(), "skip", 0)).limit(size).toList()));
		if (call.style() == AnswerStyle.AS_SEEN) {
			body.putObject("meta").put("total", rows.size()).put("limit", size);
			body.putObject("links").putNull("next");
		}
		return Reply.of(body);
	}

	private static int number(Map<String, String> query, String name, int otherwise) {
		String value = query.getOrDefault(name, "");
		return value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise;
	}

}
