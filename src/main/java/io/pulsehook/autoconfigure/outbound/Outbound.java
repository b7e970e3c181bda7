package io.pulsehook.autoconfigure.outbound;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Tells which part of the configuration may name somebody to be called. In an
 * application, that is all of it. In a test context, it is what the test itself set: what
 * the application is configured with would make its tests call whom the application
 * calls. Whatever sends something out asks here for its addresses.
 */
public final class Outbound {

	/**
	 * The property source of a test context that stands between what the test set, which
	 * is before it, and what the application is configured with.
	 */
	public static final String TEST_BOUNDARY = "pulsehookTest";

	private Outbound() {
	}

	/**
	 * Binds from the properties that may name somebody to be called.
	 * @param environment the environment of the application or the test
	 * @return a binder over these properties alone; what they refer to in placeholders
	 * may stand anywhere
	 */
	public static Binder binder(Environment environment) {
		MutablePropertySources all = ((ConfigurableEnvironment) environment).getPropertySources();
		if (!all.contains(TEST_BOUNDARY)) {
			return Binder.get(environment);
		}
		return new Binder(ConfigurationPropertySources.from(before(all)), new PropertySourcesPlaceholdersResolver(all));
	}

	/**
	 * Whether something may be called.
	 * @param environment the environment of the application or the test
	 * @param property the canonical name of the property with its address
	 * @return {@code true} if the address is set, and is not the word {@code false}, by
	 * which it is switched off
	 */
	public static boolean isSet(Environment environment, String property) {
		return binder(environment).bind(property, Bindable.of(String.class))
			.map((address) -> !address.equalsIgnoreCase("false"))
			.orElse(false);
	}

	private static List<PropertySource<?>> before(MutablePropertySources all) {
		List<PropertySource<?>> before = new ArrayList<>();
		for (PropertySource<?> source : all) {
			if (source.getName().equals(TEST_BOUNDARY)) {
				break;
			}
			if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
				before.add(source);
			}
		}
		return before;
	}

}
