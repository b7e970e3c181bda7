package io.pulsehook.sendpulse;

import java.nio.charset.StandardCharsets;

import io.pulsehook.event.Channel;

/**
 * Makes calls without an event.
 */
public final class TestCalls {

	private TestCalls() {
	}

	/**
	 * Opens a chat of Telegram through the account of a source.
	 */
	public static void openChat(SendPulse sendPulse, String source, String contact) {
		sendPulse.account(source)
			.channel(Channel.TELEGRAM)
			.call("openChat", (api) -> api
				.openChat("{\"contact_id\":\"%s\"}".formatted(contact).getBytes(StandardCharsets.UTF_8)));
	}

}
