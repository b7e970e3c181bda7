package io.pulsehook.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.pulsehook.event.Channel;
import io.pulsehook.sendpulse.Conversations;
import io.pulsehook.sendpulse.Conversations.HistoryPage;
import io.pulsehook.sendpulse.HistoryMessage;

/**
 * Reads the messages of a chat, from the newest back to some time.
 */
final class ChatHistory {

	private static final int PAGE = 100;

	private final Conversations conversations;

	private final PatientCalls calls;

	ChatHistory(Conversations conversations, PatientCalls calls) {
		this.conversations = conversations;
		this.calls = calls;
	}

	/**
	 * Reads messages in both directions.
	 * @param chat the chat
	 * @param since the time; some older messages can be among them
	 * @return each message once, the newest first
	 */
	List<HistoryMessage> read(Chat chat, Instant since) {
		List<HistoryMessage> all = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		PagePlace place = (chat.channel() == Channel.MESSENGER) ? PagePlace.FIRST_TO_SKIP : PagePlace.FIRST;
		Set<HistoryMessage> seen = new HashSet<>();
		while (true) {
			PagePlace current = place;
			HistoryPage page = this.calls.makeAboutContact(() -> this.conversations.history(chat.channel(),
					chat.contact(), PAGE, current.skip(), current.searchAfter()),
					() -> this.conversations.dialogs(1, 0, null));
			List<HistoryMessage> messages = page.messages();
			// Pages that come round again would never end.
			boolean repeated = !seen.addAll(messages);
			if (!repeated) {
				// A message that comes meanwhile shifts those that are left out.
				messages.stream().filter((each) -> each.id() == null || ids.add(each.id())).forEach(all::add);
			}
			if (!page.more() || isBefore(messages, since) || (repeated && current.searchAfter() == null)) {
				return all;
			}
			place = current.next(messages.size(), last(messages).id(), repeated);
		}
	}

	private static HistoryMessage last(List<HistoryMessage> messages) {
		return messages.get(messages.size() - 1);
	}

	private static boolean isBefore(List<HistoryMessage> messages, Instant since) {
		return messages.stream().map(HistoryMessage::at).filter(Objects::nonNull).anyMatch((at) -> at.isBefore(since));
	}

}
