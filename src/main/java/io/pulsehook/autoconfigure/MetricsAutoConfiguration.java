package io.pulsehook.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

import io.pulsehook.autoconfigure.sendpulse.ReconciliationAutoConfiguration;
import io.pulsehook.dispatch.Dispatcher;
import io.pulsehook.dispatch.handler.Handlers;
import io.pulsehook.dispatch.handler.RegisteredHandler;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.Storage;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.observe.DeliveryMeters;
import io.pulsehook.observe.InboxMeters;
import io.pulsehook.observe.ReconciliationMeters;
import io.pulsehook.observe.SpoolMeters;
import io.pulsehook.reconcile.Reconciliations;

/**
 * Registers metrics, if the application has a registry for them.
 */
@AutoConfiguration(after = { PulsehookAutoConfiguration.class, ReconciliationAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBean({ Inbox.class, MeterRegistry.class })
public class MetricsAutoConfiguration {

	// Observations are made for their spans only. The meters below measure the same, and
	// are registered for all outcomes at the start, so that a graph shows zero rather
	// than nothing.
	@Bean
	static MeterFilter pulsehookTracesAreNoMetrics() {
		return MeterFilter.denyNameStartsWith("pulsehook.trace.");
	}

	@Bean
	InboxMeters pulsehookInboxMeters(MeterRegistry registry, Storage storage) {
		return new InboxMeters(registry, storage.inbox(), storage.figures(), storage.clock());
	}

	@Bean
	@ConditionalOnBean(Reconciliations.class)
	ReconciliationMeters pulsehookReconciliationMeters(MeterRegistry registry, Reconciliations reconciliations,
			Storage storage) {
		return new ReconciliationMeters(registry, reconciliations, storage.clock());
	}

	@Bean
	@ConditionalOnBean(Spool.class)
	SpoolMeters pulsehookSpoolMeters(MeterRegistry registry, Spool spool) {
		return new SpoolMeters(registry, spool::status);
	}

	@Bean
	DeliveryMeters pulsehookDeliveryMeters(MeterRegistry registry, Handlers handlers, Storage storage,
			Dispatcher dispatcher) {
		return new DeliveryMeters(registry, handlers.all().stream().map(RegisteredHandler::id).toList(),
				storage.figures(), storage.subscribers(), dispatcher, storage.clock());
	}

}
