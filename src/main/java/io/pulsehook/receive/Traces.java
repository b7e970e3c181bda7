package io.pulsehook.receive;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Traces the receipt of a webhook in two spans: one for the request, and inside it one
 * for the commit, whose context is stored with the events. Neither span has the address
 * of the request, because the token is part of it.
 */
final class Traces {

	private final ObservationRegistry registry;

	Traces(ObservationRegistry registry) {
		this.registry = registry;
	}

	Observation post(String source, HttpServletRequest request) {
		ReceiverContext<HttpServletRequest> context = new ReceiverContext<>(HttpServletRequest::getHeader, Kind.SERVER);
		context.setCarrier(request);
		return Observation.createNotStarted("pulsehook.trace.post", () -> context, this.registry)
			.contextualName("receive webhook")
			.lowCardinalityKeyValue("source", source);
	}

	/**
	 * Stores events in a span of their own and hands over its context (W3C traceparent),
	 * or {@code null} when nothing is traced.
	 */
	<T> T store(Function<@Nullable String, T> storing) {
		Map<String, String> carrier = new HashMap<>();
		SenderContext<Map<String, String>> context = new SenderContext<>(Traces::put, Kind.PRODUCER);
		context.setCarrier(carrier);
		return Observation.createNotStarted("pulsehook.trace.store", () -> context, this.registry)
			.contextualName("store events")
			.observe(() -> storing.apply(carrier.get("traceparent")));
	}

	private static void put(@Nullable Map<String, String> carrier, String key, String value) {
		if (carrier != null) {
			carrier.put(key, value);
		}
	}

}
