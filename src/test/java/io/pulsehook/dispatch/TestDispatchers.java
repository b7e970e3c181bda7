package io.pulsehook.dispatch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

import io.micrometer.observation.ObservationRegistry;

import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.event.EventReader;
import io.pulsehook.inbox.Storage;

/**
 * Creates dispatchers as the auto-configuration does.
 */
final class TestDispatchers {

	private TestDispatchers() {
	}

	static Dispatcher create(Storage storage, Handlers handlers, InstantSource clock, Duration shutdownGrace) {
		return create(storage, handlers, clock, System::nanoTime, shutdownGrace);
	}

	static Dispatcher create(Storage storage, Handlers handlers, InstantSource clock, LongSupplier nanoTime,
			Duration shutdownGrace) {
		DispatchLoopFactory loops = new DispatchLoopFactory(storage.deliveries(), new EventReader(),
				ObservationRegistry.NOOP, clock, nanoTime, storage.threads());
		return new Dispatcher(storage.inbox(), storage.deliveries(), storage.subscribers(), handlers, loops,
				shutdownGrace);
	}

}
