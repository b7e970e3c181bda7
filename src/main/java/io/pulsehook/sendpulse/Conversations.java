package io.pulsehook.sendpulse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.pulsehook.event.Channel;
import io.pulsehook.sendpulse.http.ApiFactory;
import io.pulsehook.sendpulse.http.ChannelApi;
import io.pulsehook.sendpulse.http.ChatbotsApi;
import io.pulsehook.sendpulse.http.Tokens;

/**
 * Reads the conversations of an account page by page, for what nobody waits for: calls of
 * handlers go first.
 *
 * <p>
 * Each call throws a {@link LoginRefusedException} if SendPulse refuses the account's
 * login, an {@link io.pulsehook.RetryLaterException} if it asks for a pause, a
 * {@link CallRefusedException} if it does not know the contact, a
 * {@link SendPulseException} if the call failed in any other way, and a
 * {@link java.util.concurrent.CancellationException} if the thread is interrupted while
 * the call waits for others.
 */
public final class Conversations {

	/** SendPulse's own order is not documented. */
	private static final String NEWEST_FIRST = "desc";

	private final AccountCalls calls;

	private final ApiFactory apis;

	private final Tokens tokens;

	private final String account;

	private final ChatbotsApi chatbots;

	private final Map<Channel, ChannelApi> channels = new ConcurrentHashMap<>();

	Conversations(String account, AccountCalls calls, ApiFactory apis, Tokens tokens) {
		this.account = account;
		this.calls = calls;
		this.apis = apis;
		this.tokens = tokens;
		this.chatbots = apis.chatbots(tokens);
	}

	/**
	 * Returns the name of the account.
	 * @return the prefix of its properties
	 */
	public String account() {
		return this.account;
	}

	/**
	 * Reads dialogs of all bots, those first in which a contact wrote last.
	 * @param size how many to read at most
	 * @param skip how many to leave out first
	 * @param searchAfter what the page before said to go on after, or {@code null}
	 * @return the page, empty behind the last one
	 */
	public DialogPage dialogs(int size, int skip, @Nullable String searchAfter) {
		JsonNode data = this.calls
			.call("'dialogs'", Subject.ACCOUNT,
					() -> this.chatbots.dialogs(size, (skip > 0) ? skip : null, searchAfter, NEWEST_FIRST))
			.data();
		JsonNode list = data.isArray() ? data : data.path("list");
		List<Dialog> dialogs = new ArrayList<>();
		list.forEach((row) -> dialogs.add(Dialog.read(row)));
		return new DialogPage(List.copyOf(dialogs), Reads.text(data.path("search_after")));
	}

	/**
	 * Reads messages of the chat with a contact, the newest first.
	 * @param channel the channel of the contact's bot
	 * @param contact the id of the contact
	 * @param size how many to read at most
	 * @param skip how many to leave out first
	 * @param searchAfter the id of the message to go on after, or {@code null}; Messenger
	 * does not know it
	 * @return the page, empty behind the last one
	 * @throws IllegalArgumentException if the channel is not known
	 */
	public HistoryPage history(Channel channel, String contact, int size, int skip, @Nullable String searchAfter) {
		ChannelApi api = this.channels.computeIfAbsent(channel, (key) -> this.apis.channel(key, this.tokens));
		Answer answer = this.calls.call("'history' for " + channel.code(), Subject.CONTACT,
				() -> api.messages(contact, size, (skip > 0) ? skip : null, searchAfter, NEWEST_FIRST));
		List<HistoryMessage> messages = new ArrayList<>();
		answer.data().forEach((row) -> messages.add(HistoryMessage.read(row)));
		return new HistoryPage(List.copyOf(messages), mayGoOn(answer, messages.size()));
	}

	// Nobody knows how large a page SendPulse gives at most. Its answers say how large it
	// was to be and how many there are, but are not documented to do so.
	private static boolean mayGoOn(Answer answer, int size) {
		JsonNode meta = answer.beside("meta");
		long limit = (meta != null) ? meta.path("limit").asLong(0) : 0;
		long total = (meta != null) ? meta.path("total").asLong(0) : 0;
		return size > 0 && (limit <= 0 || size >= limit || total > size);
	}

	/**
	 * A part of the dialogs.
	 *
	 * @param dialogs the dialogs
	 * @param searchAfter what the next page goes on after, or {@code null} if SendPulse
	 * does not say so
	 */
	public record DialogPage(List<Dialog> dialogs, @Nullable String searchAfter) {

	}

	/**
	 * The chat of a bot with a contact, as the list of dialogs shows it.
	 *
	 * @param bot the id of the bot, or {@code null}
	 * @param contact the id of the contact, or {@code null}
	 * @param name the name of the contact, or {@code null}
	 * @param channel the channel
	 * @param hasMessage whether the contact has ever written
	 * @param lastMessageAt when the contact wrote last, or {@code null} if that cannot be
	 * read
	 */
	public record Dialog(@Nullable String bot, @Nullable String contact, @Nullable String name, Channel channel,
			boolean hasMessage, @Nullable Instant lastMessageAt) {

		static Dialog read(JsonNode row) {
			JsonNode last = row.path("last_inbox_message");
			return new Dialog(Reads.text(row.path("bot_id")), Reads.text(row.at("/contact/id")),
					Reads.first(row.at("/contact/full_name"), row.at("/contact/name")), channel(row.path("service")),
					last.isObject() && !last.isEmpty(), Reads.time(last.path("date")));
		}

		private static Channel channel(JsonNode service) {
			return switch (service.asInt(0)) {
				case 1 -> Channel.MESSENGER;
				case 3 -> Channel.TELEGRAM;
				case 4 -> Channel.WHATSAPP;
				case 5 -> Channel.INSTAGRAM;
				case 6 -> Channel.VIBER;
				case 7 -> Channel.LIVECHAT;
				case 8 -> Channel.TIKTOK;
				default -> Channel.of(Reads.text(service));
			};
		}

		/**
		 * Leaves out whom it is with, because this text can end up in logs.
		 */
		@Override
		public String toString() {
			return "Dialog[channel=" + this.channel + ", lastMessageAt=" + this.lastMessageAt + "]";
		}

	}

	/**
	 * A part of the messages of a chat.
	 *
	 * @param messages the messages
	 * @param more whether there may be older ones
	 */
	public record HistoryPage(List<HistoryMessage> messages, boolean more) {

	}

}
