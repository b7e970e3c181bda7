package io.pulsehook.test;

import java.util.List;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/**
 * Adds {@link TestStorageCustomizer} to every test context of an application that has the
 * library on its class path. The tests do not have to ask for it.
 */
class TestStorageCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return new TestStorageCustomizer();
	}

}
