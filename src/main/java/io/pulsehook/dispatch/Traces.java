package io.pulsehook.dispatch;

import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.CheckedRunnable;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

import io.pulsehook.inbox.model.DueDelivery;

/**
 * The part of a trace that lies behind the inbox: each attempt, as a child of the post
 * that brought the event.
 */
final class Traces {

	private final ObservationRegistry registry;

	Traces(ObservationRegistry registry) {
		this.registry = registry;
	}

	void run(DueDelivery due, CheckedRunnable<Exception> handler) throws Exception {
		Observation observation = attempt(due).start();
		try (Observation.Scope scope = observation.openScope()) {
			handler.run();
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
		ReceiverContext<Map<String, String>> context = new ReceiverContext<>(Traces::get, Kind.CONSUMER);
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

	/** What a span may know of an exception: its class. The message can quote data. */
	private static final class Failed extends Exception {

		Failed(Throwable thrown) {
			super(thrown.getClass().getName(), null, false, false);
		}

	}

}
