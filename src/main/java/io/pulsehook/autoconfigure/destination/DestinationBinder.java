package io.pulsehook.autoconfigure.destination;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

import io.pulsehook.autoconfigure.HandlerOverrides;
import io.pulsehook.autoconfigure.outbound.Outbound;
import io.pulsehook.destination.DestinationSettings;

/**
 * Reads the properties of the destinations. In a test context these are the properties
 * that the test itself set, so that no test sends anything to a destination of the
 * application.
 */
final class DestinationBinder {

	private final Environment environment;

	private final Binder binder;

	DestinationBinder(Environment environment) {
		this.environment = environment;
		this.binder = Outbound.binder(environment);
	}

	/**
	 * Reads the properties.
	 * @return the properties
	 * @throws io.pulsehook.dispatch.handler.HandlerSettingsException if one cannot be
	 * used
	 */
	DestinationProperties read() {
		Map<String, ConfigurationPropertyName> names = new DestinationNames().in(Outbound.sources(this.environment));
		Map<String, DestinationSettings> settings = bind(names, DestinationSettings.class);
		Map<String, HandlerOverrides> overrides = bind(names, HandlerOverrides.class);
		// A destination of which only mistyped properties are set is one as well. Left
		// out, it would get no event, and those that arrive meanwhile would be lost to
		// it.
		SortedSet<String> found = new TreeSet<>(names.keySet());
		if (!found.isEmpty()) {
			DestinationConstraints constraints = new DestinationConstraints();
			constraints.check(settings);
			constraints.check(overrides);
		}
		return new DestinationProperties(found, settings, overrides);
	}

	private <T> Map<String, T> bind(Map<String, ConfigurationPropertyName> names, Class<T> type) {
		Map<String, T> byName = new TreeMap<>();
		names.forEach((name, prefix) -> {
			try {
				this.binder.bind(prefix, Bindable.of(type)).ifBound((bound) -> byName.put(name, bound));
			}
			catch (BindException ex) {
				throw DestinationPropertyException.unreadable(ex);
			}
		});
		return byName;
	}

}
