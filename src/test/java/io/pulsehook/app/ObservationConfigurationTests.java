package io.pulsehook.app;

import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which observations of the service are traced.
 */
class ObservationConfigurationTests {

	private final ObservationConfiguration configuration = new ObservationConfiguration();

	@Test
	void makesNoSpansThatGoNowhere() {
		ObservationPredicate predicate = this.configuration.tracedWhereSpansGo(new StaticListableBeanFactory());
		assertThat(predicate.test("pulsehook.trace.post", new Observation.Context())).isFalse();
		assertThat(predicate.test("http.server.requests", new Observation.Context())).isTrue();
	}

	@Test
	void tracesWhereSpansGoSomewhere() {
		StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("exporter", SpanExporter.composite()));
		assertThat(this.configuration.tracedWhereSpansGo(beans).test("pulsehook.trace.post", new Observation.Context()))
			.isTrue();
	}

}
