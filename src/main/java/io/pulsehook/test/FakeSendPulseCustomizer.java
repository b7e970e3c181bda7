package io.pulsehook.test;

import java.util.List;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import io.pulsehook.autoconfigure.outbound.Outbound;
import io.pulsehook.test.sendpulse.FakeSendPulse;

/**
 * Starts a {@link FakeSendPulse} and connects the application's client to it, unless the
 * test sets an account of its own. The application's configuration has no say here.
 */
class FakeSendPulseCustomizer implements ContextCustomizer {

	private static final String NAME = "fakeSendPulse";

	/** Each of these says that the test has an account of its own. */
	private static final List<String> ACCOUNT = List.of("pulsehook.sendpulse.url", "pulsehook.sendpulse.api-key",
			"pulsehook.sendpulse.client-id");

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		FakeSendPulse server = new FakeSendPulse();
		DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
		beans.registerSingleton(NAME, server);
		beans.registerDisposableBean(NAME, server::close);
		ConfigurableEnvironment environment = context.getEnvironment();
		if (ACCOUNT.stream().noneMatch((property) -> Outbound.isSet(environment, property))) {
			TestStorageCustomizer.addBelowWhatTestsSet(environment.getPropertySources(),
					new MapPropertySource(NAME, server.properties()));
		}
	}

	/**
	 * Equals every other customizer of this class, so that Spring can share one context,
	 * and its server, among tests that differ in nothing else.
	 */
	@Override
	public boolean equals(Object other) {
		return other instanceof FakeSendPulseCustomizer;
	}

	@Override
	public int hashCode() {
		return FakeSendPulseCustomizer.class.hashCode();
	}

}
