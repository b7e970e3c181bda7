package io.pulsehook.test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import io.pulsehook.test.sendpulse.FakeSendPulse;

/**
 * Starts a {@link FakeSendPulse} and connects the application's client to it. Properties
 * that a test sets take precedence over this; those of the application's configuration do
 * not.
 */
class FakeSendPulseCustomizer implements ContextCustomizer {

	private static final String NAME = "fakeSendPulse";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		FakeSendPulse server = new FakeSendPulse();
		DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
		beans.registerSingleton(NAME, server);
		beans.registerDisposableBean(NAME, server::close);
		TestStorageCustomizer.addBelowWhatTestsSet(context.getEnvironment().getPropertySources(),
				new MapPropertySource(NAME, server.properties()));
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
