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
 * Keeps a test context away from what the application uses: its inbox is a directory of
 * its own, which is deleted when the context closes, and nobody is called whom the test
 * did not name itself. What a test sets itself takes precedence; what the application's
 * configuration, the environment or the command line of the build set does not.
 */
class TestStorageCustomizer implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		Path directory = createDirectory();
		MapPropertySource properties = new MapPropertySource(Outbound.TEST_BOUNDARY,
				Map.of("pulsehook.data-dir", directory.toString(), "pulsehook.database", "sqlite"));
		addBelowWhatTestsSet(context.getEnvironment().getPropertySources(), properties);
		// What is registered first is destroyed last, when the inbox has let go of its
		// files.
		((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean(Outbound.TEST_BOUNDARY,
				() -> FileSystemUtils.deleteRecursively(directory));
	}

	private static void addBelowWhatTestsSet(MutablePropertySources sources, MapPropertySource properties) {
		if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
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
	 * Equals all others of its kind: contexts that differ in nothing else are one, and
	 * share their directory.
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
