package io.pulsehook.autoconfigure.destination;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.core.Ordered;

import io.pulsehook.destination.DestinationFactory;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.OutgoingEvent;

/**
 * Makes destinations of all kinds that keep what they were sent.
 */
public class RecordingFactory implements DestinationFactory, Ordered {

	/** What was sent, in this order. */
	public final List<OutgoingEvent> sent = new CopyOnWriteArrayList<>();

	@Override
	public boolean supports(DestinationSettings settings) {
		return true;
	}

	@Override
	public Destination create(String name, DestinationSettings settings, Duration timeout) {
		return (event) -> {
			this.sent.add(event);
			return "kept";
		};
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
