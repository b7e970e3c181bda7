package io.pulsehook.autoconfigure;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.autoconfigure.LayeredSettings.Layer;
import io.pulsehook.autoconfigure.check.Nearest;
import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.HandlerSettingsException;
import io.pulsehook.dispatch.handler.SettingOrigin;
import io.pulsehook.dispatch.handler.SettingOrigins;

/**
 * Finds each handler's settings by its bean name: its own properties come first, then its
 * annotations, then the properties for all handlers. Case and dashes of the name are
 * ignored, since the name of an environment variable can express neither.
 */
final class HandlerConfiguration implements SettingOrigins {

	private static final Log logger = LogFactory.getLog(HandlerConfiguration.class);

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
		return merge(handler, Stream.concat(properties(handler), annotations(handler)));
	}

	/**
	 * Returns the settings of a handler that is none of the application's beans.
	 * @param handler the handler's id
	 * @return the settings, which properties alone can change
	 * @throws HandlerSettingsException if they contradict each other
	 */
	HandlerSettings ofOther(String handler) {
		return merge(handler, properties(handler));
	}

	@Override
	public Map<String, SettingOrigin> of(String handler) {
		return this.origins.getOrDefault(handler, Map.of());
	}

	private Stream<Layer> properties(String handler) {
		return this.overrides.entrySet()
			.stream()
			.filter((entry) -> canonical(entry.getKey()).equals(canonical(handler)))
			.map((entry) -> new Layer(SettingOrigin.PROPERTY, entry.getValue()));
	}

	private Stream<Layer> annotations(String handler) {
		return this.annotations.of(handler).map((overrides) -> new Layer(SettingOrigin.ANNOTATION, overrides));
	}

	private HandlerSettings merge(String handler, Stream<Layer> layers) {
		try {
			LayeredSettings layered = new LayeredSettings(layers.toList(), this.defaults);
			this.origins.put(handler, layered.origins());
			return layered.merge();
		}
		catch (IllegalArgumentException ex) {
			throw new HandlerSettingsException(
					"The settings of handler '%s' contradict each other: %s".formatted(handler, ex.getMessage()),
					"Change pulsehook.handlers.%s.*, the bean's annotation @Handler, or pulsehook.defaults.*."
						.formatted(handler),
					ex);
		}
	}

	/**
	 * Warns of settings for handlers that do not exist: without the warning nobody would
	 * notice that a misspelt name has no effect.
	 * @param handlers the names of the handlers that exist
	 */
	void warnOfUnknown(Collection<String> handlers) {
		Map<String, String> known = handlers.stream()
			.collect(Collectors.toMap(HandlerConfiguration::canonical, (name) -> name, (one, other) -> one));
		this.overrides.keySet()
			.stream()
			.filter((name) -> !known.containsKey(canonical(name)))
			.forEach((name) -> logger.warn("pulsehook.handlers." + name + " configures a handler that does not exist. "
					+ guess(name, known) + "The known ones are " + known.values() + "."));
	}

	private static String guess(String name, Map<String, String> known) {
		return Nearest.to(canonical(name), known.entrySet().stream(), Map.Entry::getKey)
			.map((entry) -> "Did you mean '" + entry.getValue() + "'? ")
			.orElse("");
	}

	private static String canonical(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

}
