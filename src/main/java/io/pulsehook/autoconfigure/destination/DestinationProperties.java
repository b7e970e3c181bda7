package io.pulsehook.autoconfigure.destination;

import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.pulsehook.autoconfigure.HandlerOverrides;
import io.pulsehook.destination.DestinationSettings;

/**
 * The configuration under {@code pulsehook.destinations}, by the names of the
 * destinations in lower case and without dashes.
 *
 * @param names the names
 * @param settings where events are passed on to, by the name
 * @param overrides how that is run, by the name
 */
public record DestinationProperties(SortedSet<String> names, Map<String, DestinationSettings> settings,
		Map<String, HandlerOverrides> overrides) {

	static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("pulsehook.destinations");

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	/**
	 * Returns how a destination is run.
	 * @param name its name
	 * @return what is configured; {@code null} in it is as for all handlers
	 */
	public HandlerOverrides overrides(String name) {
		return this.overrides.getOrDefault(name, HandlerOverrides.NONE);
	}

	/**
	 * Returns how long passing one event on may take.
	 * @param name the name of the destination
	 * @return the time; other handlers have more
	 */
	public Duration timeout(String name) {
		Duration timeout = overrides(name).timeout();
		return (timeout != null) ? timeout : TIMEOUT;
	}

}
