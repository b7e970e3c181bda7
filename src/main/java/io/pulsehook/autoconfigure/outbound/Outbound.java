package io.pulsehook.autoconfigure.outbound;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Decides which properties may name an address to call. In an application, all of them
 * may. In a test context, only those may that the test itself set: with the application's
 * configuration, its tests would call real systems. Each part that sends something out
 * has to look its addresses up here.
 */
public final class Outbound {

	/**
	 * The property source of a test context that separates what the test set, which comes
	 * before it, from the application's configuration, which comes after it.
	 */
	public static final String TEST_BOUNDARY = "pulsehookTest";

	private Outbound() {
	}

	/**
	 * Returns a binder over the properties that may name an address to call.
	 * @param environment the environment of the application or the test
	 * @return a binder over these properties alone; their placeholders may refer to any
	 * property
	 */
	public static Binder binder(Environment environment) {
		MutablePropertySources all = ((ConfigurableEnvironment) environment).getPropertySources();
		return new Binder(sources(environment), new PropertySourcesPlaceholdersResolver(all));
	}

	/**
	 * Returns the sources of the properties that may name an address to call.
	 * @param environment the environment of the application or the test
	 * @return the sources, of which each precedes those after it
	 */
	public static Iterable<ConfigurationPropertySource> sources(Environment environment) {
		MutablePropertySources all = ((ConfigurableEnvironment) environment).getPropertySources();
		return all.contains(TEST_BOUNDARY) ? ConfigurationPropertySources.from(before(all))
				: ConfigurationPropertySources.get(environment);
	}

	/**
	 * Tells whether a property names an address to call.
	 * @param environment the environment of the application or the test
	 * @param property the canonical name of the property with its address
	 * @return {@code true} if the address is set and is not the word {@code false}, which
	 * switches it off
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
