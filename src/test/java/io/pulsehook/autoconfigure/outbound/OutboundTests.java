package io.pulsehook.autoconfigure.outbound;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outbound}.
 */
class OutboundTests {

	private static final String ADDRESS = "pulsehook.alerts.url";

	private final StandardEnvironment environment = new StandardEnvironment();

	@Test
	void anApplicationCallsWhomItIsConfiguredWith() {
		configure("application", Map.of(ADDRESS, "http://localhost/alarms"));
		assertThat(Outbound.isSet(this.environment, ADDRESS)).isTrue();
		assertThat(Outbound.isSet(this.environment, "pulsehook.other.url")).isFalse();
	}

	@Test
	void nobodyIsCalledWhoIsSwitchedOff() {
		configure("application", Map.of(ADDRESS, "false"));
		assertThat(Outbound.isSet(this.environment, ADDRESS)).isFalse();
	}

	@Test
	void aTestCallsNobodyWhomOnlyTheApplicationNames() {
		configure("application", Map.of(ADDRESS, "http://localhost/alarms"));
		configure(Outbound.TEST_BOUNDARY, Map.of());
		assertThat(Outbound.isSet(this.environment, ADDRESS)).isFalse();
	}

	@Test
	void aTestCallsWhomItNames() {
		configure("application", Map.of("mock.port", "81"));
		configure(Outbound.TEST_BOUNDARY, Map.of());
		configure("test", Map.of(ADDRESS, "http://localhost:${mock.port}/alarms"));
		assertThat(Outbound.isSet(this.environment, ADDRESS)).isTrue();
		assertThat(Outbound.binder(this.environment).bind(ADDRESS, String.class).get())
			.isEqualTo("http://localhost:81/alarms");
	}

	@Test
	void ofManyATestCallsOnlyThoseThatItNames() {
		configure("application", Map.of("pulsehook.destinations.crm.url", "http://localhost/crm"));
		configure(Outbound.TEST_BOUNDARY, Map.of());
		configure("test", Map.of("pulsehook.destinations.mock.url", "http://localhost/mock"));
		assertThat(Outbound.binder(this.environment)
			.bind("pulsehook.destinations", Bindable.mapOf(String.class, Object.class))
			.get()).containsOnlyKeys("mock");
	}

	// The values that are configured last take precedence.
	private void configure(String source, Map<String, Object> properties) {
		this.environment.getPropertySources().addFirst(new MapPropertySource(source, properties));
	}

}
