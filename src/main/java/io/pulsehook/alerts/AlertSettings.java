package io.pulsehook.alerts;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is told to whom.
 *
 * @param url where alarms are posted; can be a secret itself
 * @param secret what they are signed with, or {@code null} for no signature
 * @param format what a body looks like
 * @param chatId the chat that Telegram is to send to, or {@code null}
 * @param eventLink the address of an event for people, with {@code {id}} in the place of
 * its id, or {@code null}
 * @param digest how long what goes on is collected before it is told again
 * @param pause how long two posts are apart at least
 * @param failingFor how long a handler may fail at every attempt
 * @param backlogAge how long a delivery may wait for its handler
 * @param silence how long no event may arrive, or {@code null} for any time
 */
public record AlertSettings(URI url, @Nullable String secret, AlertFormat format, @Nullable String chatId,
		@Nullable String eventLink, Duration digest, Duration pause, Duration failingFor, Duration backlogAge,
		@Nullable Duration silence) {

	/**
	 * Leaves out what may be a secret, as this is what ends up in logs.
	 */
	@Override
	public String toString() {
		return "AlertSettings[format=" + this.format + "]";
	}

}
