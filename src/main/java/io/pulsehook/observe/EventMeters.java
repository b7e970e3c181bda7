package io.pulsehook.observe;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.pulsehook.event.Channel;
import io.pulsehook.event.EventTitle;
import io.pulsehook.event.PaymentService;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.model.IntakeResult;
import io.pulsehook.inbox.model.NewEvent;

/**
 * Counts events. Titles and services are text of the sender, so that those which
 * SendPulse does not document are counted as {@code other}: otherwise a sender could
 * create any number of time series.
 */
final class EventMeters {

	private static final String OTHER = "other";

	private static final String NONE = "none";

	private final MeterRegistry registry;

	private final Map<Labels, Counter> counters = new ConcurrentHashMap<>();

	EventMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	void count(NewEvent event, boolean duplicate) {
		Labels labels = new Labels(event.kind(), title(event), service(event), event.source(),
				duplicate ? IntakeResult.DUPLICATE : IntakeResult.ACCEPTED);
		this.counters.computeIfAbsent(labels, this::register).increment();
	}

	private static String title(NewEvent event) {
		if (event.title() == null) {
			return NONE;
		}
		String code = EventTitle.of(event.title()).code();
		return code.isEmpty() ? OTHER : code;
	}

	private static String service(NewEvent event) {
		if (event.service() == null) {
			return NONE;
		}
		if (event.kind() == EventKind.PAYMENT) {
			PaymentService service = PaymentService.of(event.service());
			return (service != PaymentService.UNKNOWN) ? service.name().toLowerCase(Locale.ROOT) : OTHER;
		}
		String code = Channel.of(event.service()).code();
		return code.isEmpty() ? OTHER : code;
	}

	private Counter register(Labels labels) {
		return Counter.builder("pulsehook.events")
			.description("Events that were stored or had been before")
			.tag("kind", labels.kind().code())
			.tag("title", labels.title())
			.tag("service", labels.service())
			.tag("source", labels.source())
			.tag("result", labels.result().code())
			.register(this.registry);
	}

	private record Labels(EventKind kind, String title, String service, String source, IntakeResult result) {

	}

}
