package io.pulsehook.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.FileSystemUtils;

import io.pulsehook.autoconfigure.outbound.Outbound;

/**
 * Keeps tests away from the application's data and from other systems. A test context
 * keeps its inbox in a directory of its own, which is deleted when the context closes,
 * and calls no URL that the test did not set itself. Properties that a test sets take
 * precedence over this; those of the application's configuration, the environment or the
 * command line of the build do not.
 */
class TestStorageCustomizer implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		Path directory = createDirectory();
		MapPropertySource properties = new MapPropertySource(Outbound.TEST_BOUNDARY, Map.of("pulsehook.data-dir",
				directory.toString(), "pulsehook.database", "sqlite", "pulsehook.spool.directory", ""));
		addBelowWhatTestsSet(context.getEnvironment().getPropertySources(), properties);
		// Spring destroys last what was registered first, so that the inbox has closed
		// its files by the time they are deleted.
		((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean(Outbound.TEST_BOUNDARY,
				() -> FileSystemUtils.deleteRecursively(directory));
	}

	/**
	 * Adds properties over which those take precedence that a test sets itself. They
	 * count as set by the test, whether the boundary is there already or not.
	 */
	static void addBelowWhatTestsSet(MutablePropertySources sources, MapPropertySource properties) {
		if (sources.contains(Outbound.TEST_BOUNDARY)) {
			sources.addBefore(Outbound.TEST_BOUNDARY, properties);
		}
		else if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties);
		}
		else {
			sources.addLast(properties);
		}
	}

	private static Path createDirectory() {
		try {
			return Files.createTempDirectory("pulsehook-test-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The inbox of a test context needs a temporary directory.", ex);
		}
	}

	/**
	 * Equals every other customizer of this class, so that Spring can share one context,
	 * and its directory, among tests that differ in nothing else.
	 */
	@Override
	public boolean equals(Object other) {
		return other instanceof TestStorageCustomizer;
	}

	@Override
	public int hashCode() {
		return TestStorageCustomizer.class.hashCode();
	}

}
