package io.pulsehook.reconcile;

import java.time.Instant;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.Channel;
import io.pulsehook.inbox.reconciliation.ErasedContacts;
import io.pulsehook.inbox.reconciliation.KnownBot;

/**
 * The chat of a bot with a contact that is compared.
 *
 * @param bot the bot
 * @param channel the channel
 * @param contact the id of the contact
 * @param name the name of the contact, or {@code null}
 */
record Chat(KnownBot bot, Channel channel, String contact, @Nullable String name) {

	/** Returns what chats are ordered by: the hash of the contact's id. */
	String key() {
		return HexFormat.of().formatHex(ErasedContacts.hash(this.contact));
	}

	/** Returns when the bot's first message was written: older ones are not missed. */
	Instant begins() {
		return Instant.ofEpochMilli(this.bot.firstAt());
	}

	/**
	 * Leaves out whom it is with, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "Chat[channel=" + this.channel + "]";
	}

}
