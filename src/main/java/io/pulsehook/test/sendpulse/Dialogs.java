package io.pulsehook.test.sendpulse;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the conversations of all channels and bots, the one whose contact wrote last
 * first. The description names the last message from the contact as what a page goes on
 * after, so that it is taken for what the list is sorted by. A conversation that moves to
 * the top meanwhile therefore shifts no page.
 */
final class Dialogs {

	private static final Comparator<Dialog> OLDEST_FIRST = Comparator.comparing(Dialog::key)
		.thenComparing((dialog) -> dialog.contact().id());

	private final Contacts contacts;

	private final AnswerStyle style;

	private final int largestPage;

	Dialogs(Contacts contacts, AnswerStyle style, int largestPage) {
		this.contacts = contacts;
		this.style = style;
		this.largestPage = largestPage;
	}

	/**
	 * Answers with a page of the list. Parameters that SendPulse ignores, as {@code page}
	 * and those of a bot or a date, are ignored.
	 */
	Reply list(Map<String, String> query) {
		boolean ascending = "asc".equals(query.get("order"));
		List<Dialog> all = this.contacts.withMessages()
			.map(Dialog::of)
			.sorted(ascending ? OLDEST_FIRST : OLDEST_FIRST.reversed())
			.toList();
		Stream<Dialog> rest = all.stream();
		String after = query.getOrDefault("search_after", "");
		if (!after.isEmpty()) {
			rest = rest.filter((dialog) -> ascending ? dialog.compareTo(after) > 0 : dialog.compareTo(after) < 0);
		}
		int size = Math.min(Reads.number(query, "size", Reads.SIZE), this.largestPage);
		List<Dialog> page = rest.skip(Reads.number(query, "skip", 0)).limit(size).toList();
		return Reads.data(answer(page, all.size(), size, ascending));
	}

	private ObjectNode answer(List<Dialog> page, int total, int size, boolean ascending) {
		Rows rows = new Rows(this.style);
		List<JsonNode> list = page.stream().<JsonNode>map((dialog) -> rows.dialog(dialog.contact())).toList();
		ObjectNode data = Reply.MAPPER.createObjectNode();
		data.putArray("list").addAll(list);
		data.putObject("sort");
		data.put("total", total).put("size", size).put("order", ascending ? "asc" : "desc");
		return data.put("search_after", page.isEmpty() ? null : page.get(page.size() - 1).cursor());
	}

	/**
	 * A conversation.
	 *
	 * @param contact with whom
	 * @param key when the contact wrote last, long ago for one who never did
	 */
	private record Dialog(FakeContact contact, Instant key) {

		static Dialog of(FakeContact contact) {
			FakeMessage last = Rows.lastOfContact(contact);
			return new Dialog(contact, (last != null) ? last.at() : Instant.EPOCH);
		}

		String cursor() {
			return this.key.toEpochMilli() + "_" + this.contact.id();
		}

		int compareTo(String cursor) {
			String[] parts = cursor.split("_", 2);
			if (parts.length < 2 || !parts[0].matches("\\d{1,15}")) {
				return 0;
			}
			int byTime = Long.compare(this.key.toEpochMilli(), Long.parseLong(parts[0]));
			return (byTime != 0) ? byTime : this.contact.id().compareTo(parts[1]);
		}

	}

}
