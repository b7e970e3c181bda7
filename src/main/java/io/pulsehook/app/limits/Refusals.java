package io.pulsehook.app.limits;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.catalina.connector.Response;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Refuses requests and counts the refusals. They are counted here because no filter ever
 * sees a refused request.
 */
final class Refusals implements MeterBinder {

	private static final Log logger = LogFactory.getLog(Refusals.class);

	private final Map<Refusal, LongAdder> counts = new EnumMap<>(Refusal.class);

	Refusals() {
		for (Refusal refusal : Refusal.values()) {
			this.counts.put(refusal, new LongAdder());
		}
	}

	void refuse(Refusal refusal, Response response) throws IOException {
		count(refusal).increment();
		logger.debug("A request is refused: " + refusal.reason());
		refusal.send(response);
	}

	private LongAdder count(Refusal refusal) {
		return Objects.requireNonNull(this.counts.get(refusal));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Refusal refusal : Refusal.values()) {
			FunctionCounter.builder("pulsehook.refused", count(refusal), LongAdder::sum)
				.description("Requests other than webhooks that were refused before anything looked at them")
				.tag("reason", refusal.reason())
				.register(registry);
		}
	}

}
