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
 * Observes requests without their addresses: whoever mistypes that of the webhook puts a
 * token there. The pattern that a request matched is told all the same.
 */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

	// Spans are made only if something collects them: those that go nowhere took a tenth
	// of a request's time.
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
