package io.pulsehook.autoconfigure.destination;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.pulsehook.autoconfigure.HandlerOverrides;
import io.pulsehook.autoconfigure.outbound.Outbound;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.failure.Nearest;

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
		new DestinationNames().check(Outbound.sources(this.environment));
		Map<String, DestinationSettings> settings = bind(DestinationSettings.class);
		Map<String, HandlerOverrides> overrides = bind(HandlerOverrides.class);
		if (!settings.isEmpty() || !overrides.isEmpty()) {
			DestinationConstraints constraints = new DestinationConstraints();
			constraints.check(settings);
			constraints.check(overrides);
		}
		SortedSet<String> names = new TreeSet<>(settings.keySet());
		names.addAll(overrides.keySet());
		return new DestinationProperties(names, settings, overrides);
	}

	// A file may write the name with dashes where the environment changes a value of it
	// without. Each of both spellings is bound to the values of both.
	private <T> Map<String, T> bind(Class<T> type) {
		Map<String, T> byName = new TreeMap<>();
		try {
			this.binder.bind(DestinationProperties.PREFIX, Bindable.mapOf(String.class, type))
				.orElseGet(Map::of)
				.forEach((name, bound) -> byName.put(Nearest.letters(name), bound));
		}
		catch (BindException ex) {
			throw DestinationPropertyException.unreadable(ex);
		}
		return byName;
	}

}
