package io.pulsehook.destination.text;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.pulsehook.destination.DestinationFactory;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.DestinationSettings.Telegram;
import io.pulsehook.destination.http.HttpPost;
import io.pulsehook.dispatch.handler.Destination;

/**
 * Makes the destinations for chats of Telegram.
 */
public final class TelegramDestinationFactory implements DestinationFactory {

	private static final Pattern TOKEN = Pattern.compile("[0-9]+:[A-Za-z0-9_-]+");

	private final Function<Duration, HttpPost> senders;

	/**
	 * Creates a factory.
	 * @param senders makes a sender that waits as long for an answer
	 */
	public TelegramDestinationFactory(Function<Duration, HttpPost> senders) {
		this.senders = senders;
	}

	@Override
	public boolean supports(DestinationSettings settings) {
		return settings.telegram() != null;
	}

	@Override
	public Destination create(String name, DestinationSettings settings, Duration timeout) {
		Telegram telegram = Objects.requireNonNull(settings.telegram());
		TextTemplate text = CheckedText.of(settings);
		TelegramText.check(text.literals());
		URI sendMessage = sendMessage(telegram);
		HttpPost post = this.senders.apply(timeout).hiding(List.of(telegram.token()));
		return new TelegramDestination(new TelegramPost(post), sendMessage, telegram.chat(), text);
	}

	// Checked first, since the exception of a URL that is none would quote the token.
	private static URI sendMessage(Telegram telegram) {
		if (!TOKEN.matcher(telegram.token()).matches()) {
			throw new IllegalArgumentException("telegram.token is not the token of a bot, which is a number, a colon "
					+ "and letters. Copy it from the message of @BotFather.");
		}
		String api = telegram.url().toString();
		return URI.create((api.endsWith("/") ? api : api + "/") + "bot" + telegram.token() + "/sendMessage");
	}

}
