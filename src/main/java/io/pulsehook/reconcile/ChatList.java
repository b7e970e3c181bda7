package io.pulsehook.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import io.pulsehook.event.Channel;
import io.pulsehook.inbox.model.Columns;
import io.pulsehook.inbox.reconciliation.KnownBot;
import io.pulsehook.sendpulse.Conversations;
import io.pulsehook.sendpulse.Conversations.Dialog;
import io.pulsehook.sendpulse.Conversations.DialogPage;

/**
 * Lists the chats of an account in which a contact has written since some time, to bots
 * that are known here.
 */
final class ChatList {

	private static final int PAGE = 100;

	/** How often the beginning of the list is read again at most. */
	private static final int PASSES = 3;

	/** How far SendPulse's clock and this one can be apart. */
	private static final Duration SKEW = Duration.ofMinutes(1);

	private final Conversations conversations;

	private final PatientCalls calls;

	private final Map<String, KnownBot> bots;

	private final InstantSource clock;

	private final NavigableMap<String, Chat> chats = new TreeMap<>();

	/**
	 * Prepares a list.
	 * @param conversations the account's conversations
	 * @param calls makes the calls
	 * @param bots the bots by their ids
	 * @param clock tells the time
	 */
	ChatList(Conversations conversations, PatientCalls calls, Map<String, KnownBot> bots, InstantSource clock) {
		this.conversations = conversations;
		this.calls = calls;
		this.bots = bots;
		this.clock = clock;
	}

	/**
	 * Reads the list. A dialog moves to its beginning when the contact writes, perhaps
	 * past the page that is being read: if there are several pages, the beginning is read
	 * again for those.
	 * @param lookback the time for each chat
	 * @return the chats by the hashes of their contacts' ids, in the order of these
	 */
	NavigableMap<String, Chat> read(Lookback lookback) {
		Instant end = lookback.earliest();
		boolean grew = true;
		for (int pass = 0; pass < PASSES && grew; pass++) {
			int before = this.chats.size();
			Instant began = this.clock.instant();
			int pages = readPages(lookback, end);
			end = began.minus(SKEW);
			grew = pages > 1 && this.chats.size() > before;
		}
		return this.chats;
	}

	private int readPages(Lookback lookback, Instant end) {
		PagePlace place = PagePlace.FIRST;
		Set<Dialog> seen = new HashSet<>();
		for (int pages = 1;; pages++) {
			PagePlace current = place;
			DialogPage page = this.calls
				.make(() -> this.conversations.dialogs(PAGE, current.skip(), current.searchAfter()));
			// Pages that come round again would never end.
			boolean repeated = !seen.addAll(page.dialogs());
			page.dialogs().forEach((dialog) -> add(dialog, lookback));
			if (page.dialogs().isEmpty() || isBefore(page, end) || (repeated && current.searchAfter() == null)) {
				return pages;
			}
			place = current.next(page.dialogs().size(), page.searchAfter(), repeated);
		}
	}

	// Contacts who never wrote can stand anywhere in the list.
	private static boolean isBefore(DialogPage page, Instant end) {
		return page.dialogs().stream().anyMatch(Dialog::hasMessage) && page.dialogs()
			.stream()
			.filter(Dialog::hasMessage)
			.allMatch((dialog) -> dialog.lastMessageAt() != null && dialog.lastMessageAt().isBefore(end));
	}

	private void add(Dialog dialog, Lookback lookback) {
		KnownBot bot = this.bots.get(Columns.safe(String.valueOf(dialog.bot())));
		if (bot == null || dialog.contact() == null || !dialog.hasMessage()) {
			return;
		}
		Instant last = dialog.lastMessageAt();
		Channel stored = Channel.of(bot.service());
		Chat chat = new Chat(bot, (stored != Channel.UNKNOWN) ? stored : dialog.channel(), dialog.contact(),
				dialog.name());
		if (chat.channel() != Channel.UNKNOWN
				&& (last == null || !(last.isBefore(lookback.of(chat)) || last.isBefore(chat.begins())))) {
			this.chats.putIfAbsent(chat.key(), chat);
		}
	}

}
