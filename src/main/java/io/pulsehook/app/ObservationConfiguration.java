package io.pulsehook.app;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/**
 * Observes requests without their addresses, because a mistyped address of the webhook
 * has a token in it. Observations still have the pattern that the address matched.
 */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

	// Makes spans only if something exports them: spans that nobody collected took a
	// tenth of a request's time.
	@Bean
	ObservationPredicate tracedWhereSpansGo(ListableBeanFactory beans) {
		boolean traced = beans.getBeanNamesForType(SpanExporter.class).length > 0;
		return (name, context) -> traced || !name.startsWith("pulsehook.trace.");
	}

	@Bean
	ServerRequestObservationConvention serverRequestObservationConvention() {
		return new DefaultServerRequestObservationConvention() {

			@Override
			public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
				return KeyValues.empty();
			}

		};
	}

}
