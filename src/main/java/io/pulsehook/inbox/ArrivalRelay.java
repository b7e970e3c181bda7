package io.pulsehook.inbox;

import java.util.function.Consumer;

import io.pulsehook.inbox.model.Arrivals;

/**
 * Passes the arrivals of each commit on to the last subscriber. It exists because the
 * writer is created before anybody can subscribe.
 */
final class ArrivalRelay implements Consumer<Arrivals> {

	private volatile Consumer<Arrivals> subscriber = (arrivals) -> {
	};

	void passOnTo(Consumer<Arrivals> subscriber) {
		this.subscriber = subscriber;
	}

	@Override
	public void accept(Arrivals arrivals) {
		this.subscriber.accept(arrivals);
	}

}
