package io.pulsehook.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.autoconfigure.LayeredSettings.Layer;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettingsException;
import io.pulsehook.dispatch.handler.SettingOrigin;
import io.pulsehook.dispatch.handler.SettingOrigins;
import io.pulsehook.failure.Nearest;

/**
 * Finds each handler's settings by its bean name: its own properties come first, then its
 * annotations, then the properties for all handlers. Case and dashes of the name are
 * ignored, since the name of an environment variable can express neither.
 */
final class HandlerConfiguration implements SettingOrigins {

	private static final Log logger = LogFactory.getLog(HandlerConfiguration.class);

	private static final String PLACES = "pulsehook.handlers.%s.*, the bean's annotation @Handler, or pulsehook.defaults.*";

	private static final String PLACES_OF_DESTINATION = "pulsehook.destinations.%s.* or pulsehook.defaults.*";

	private final HandlerSettings defaults;

	private final Map<String, HandlerOverrides> overrides;

	private final HandlerAnnotations annotations;

	private final Map<String, Map<String, SettingOrigin>> origins = new ConcurrentHashMap<>();

	HandlerConfiguration(PulsehookProperties properties, HandlerAnnotations annotations) {
		this.defaults = properties.defaults();
		this.overrides = properties.handlers();
		this.annotations = annotations;
	}

	/**
	 * Returns the settings of a handler that is a bean.
	 * @param handler the bean's name
	 * @return the settings
	 * @throws HandlerSettingsException if they cannot be used or contradict each other
	 */
	HandlerSettings ofBean(String handler) {
		return merge(handler, Stream.concat(properties(handler), annotations(handler)), PLACES);
	}

	/**
	 * Returns the settings of a handler that is none of the application's beans.
	 * @param handler the handler's id
	 * @return the settings, which properties alone can change
	 * @throws HandlerSettingsException if they contradict each other
	 */
	HandlerSettings ofOther(String handler) {
		return merge(handler, properties(handler), PLACES);
	}

	/**
	 * Returns the settings of a destination. They lie beside where it passes events on
	 * to.
	 * @param destination the destination's name
	 * @param own what is configured of it
	 * @param timeout its timeout if none is configured of it
	 * @return the settings
	 * @throws HandlerSettingsException if they contradict each other, or are configured
	 * like those of a bean
	 */
	HandlerSettings ofDestination(String destination, HandlerOverrides own, Duration timeout) {
		properties(destination).findFirst().ifPresent((misplaced) -> {
			throw new HandlerSettingsException(
					"pulsehook.handlers.%s.* would do nothing, because '%1$s' is a destination.".formatted(destination),
					"Write these settings as pulsehook.destinations.%s.*.".formatted(destination), null);
		});
		return merge(destination, Stream.of(new Layer(SettingOrigin.PROPERTY, own),
				new Layer(SettingOrigin.DEFAULT, HandlerOverrides.ofTimeout(timeout))), PLACES_OF_DESTINATION);
	}

	@Override
	public Map<String, SettingOrigin> of(String handler) {
		return this.origins.getOrDefault(handler, Map.of());
	}

	private Stream<Layer> properties(String handler) {
		return this.overrides.entrySet()
			.stream()
			.filter((entry) -> Nearest.letters(entry.getKey()).equals(Nearest.letters(handler)))
			.map((entry) -> new Layer(SettingOrigin.PROPERTY, entry.getValue()));
	}

	private Stream<Layer> annotations(String handler) {
		return this.annotations.of(handler).map((overrides) -> new Layer(SettingOrigin.ANNOTATION, overrides));
	}

	private HandlerSettings merge(String handler, Stream<Layer> layers, String places) {
		try {
			LayeredSettings layered = new LayeredSettings(layers.toList(), this.defaults);
			this.origins.put(handler, layered.origins());
			return layered.merge();
		}
		catch (IllegalArgumentException ex) {
			throw new HandlerSettingsException(
					"The settings of handler '%s' contradict each other: %s".formatted(handler, ex.getMessage()),
					"Change " + places.formatted(handler) + ".", ex);
		}
	}

	/**
	 * Warns of settings for handlers that do not exist: without the warning nobody would
	 * notice that a misspelt name has no effect.
	 * @param handlers the names of the handlers that exist
	 */
	void warnOfUnknown(Collection<String> handlers) {
		Map<String, String> known = handlers.stream()
			.collect(Collectors.toMap(Nearest::letters, (name) -> name, (one, other) -> one));
		this.overrides.keySet()
			.stream()
			.filter((name) -> !known.containsKey(Nearest.letters(name)))
			.forEach((name) -> logger.warn("pulsehook.handlers." + name + " configures a handler that does not exist. "
					+ guess(name, known) + "The known ones are " + known.values() + "."));
	}

	private static String guess(String name, Map<String, String> known) {
		return Nearest.to(Nearest.letters(name), known.entrySet().stream(), Map.Entry::getKey)
			.map((entry) -> "Did you mean '" + entry.getValue() + "'? ")
			.orElse("");
	}

}
