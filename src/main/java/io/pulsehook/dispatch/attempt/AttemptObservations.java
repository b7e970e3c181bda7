package io.pulsehook.dispatch.attempt;

import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.CheckedCallable;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * Observes attempts for traces. The span of an attempt is a child of the span of the
 * request that posted the event.
 */
final class AttemptObservations {

	private final ObservationRegistry registry;

	AttemptObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Calls a handler within the observation of its attempt.
	 */
	<T> T call(DueDelivery due, CheckedCallable<T, Exception> handler) throws Exception {
		Observation observation = attempt(due).start();
		try (Observation.Scope scope = observation.openScope()) {
			return handler.call();
		}
		catch (Throwable ex) {
			observation.error(new Failed(ex));
			throw ex;
		}
		finally {
			observation.stop();
		}
	}

	private Observation attempt(DueDelivery due) {
		ReceiverContext<Map<String, String>> context = new ReceiverContext<>(AttemptObservations::get, Kind.CONSUMER);
		context.setCarrier((due.trace() != null) ? Map.of("traceparent", due.trace()) : Map.of());
		return Observation.createNotStarted("pulsehook.trace.attempt", () -> context, this.registry)
			.contextualName("handle " + due.handler())
			.lowCardinalityKeyValue("handler", due.handler())
			.lowCardinalityKeyValue("type", due.type())
			.lowCardinalityKeyValue("source", due.source())
			.highCardinalityKeyValue("event", Long.toString(due.eventId()))
			.highCardinalityKeyValue("attempt", Integer.toString(due.attempts() + 1));
	}

	private static @Nullable String get(@Nullable Map<String, String> carrier, String key) {
		return (carrier != null) ? carrier.get(key) : null;
	}

	/**
	 * Stands for a handler's exception in a span. It names the class only, since the
	 * message can quote personal data.
	 */
	private static final class Failed extends Exception {

		Failed(Throwable thrown) {
			super(thrown.getClass().getName(), null, false, false);
		}

	}

}
