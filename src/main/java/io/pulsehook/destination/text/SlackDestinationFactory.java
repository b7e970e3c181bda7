package io.pulsehook.destination.text;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

import io.pulsehook.destination.DestinationFactory;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.DestinationSettings.Slack;
import io.pulsehook.destination.http.HttpPost;
import io.pulsehook.dispatch.handler.Destination;

/**
 * Makes the destinations for channels of Slack.
 */
public final class SlackDestinationFactory implements DestinationFactory {

	private final Function<Duration, HttpPost> senders;

	/**
	 * Creates a factory.
	 * @param senders makes a sender that waits as long for an answer
	 */
	public SlackDestinationFactory(Function<Duration, HttpPost> senders) {
		this.senders = senders;
	}

	@Override
	public boolean supports(DestinationSettings settings) {
		return settings.slack() != null;
	}

	@Override
	public Destination create(String name, DestinationSettings settings, Duration timeout) {
		Slack slack = Objects.requireNonNull(settings.slack());
		return new SlackDestination(this.senders.apply(timeout), slack.url(), CheckedText.of(settings));
	}

}
