package io.pulsehook.autoconfigure;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.autoconfigure.check.Nearest;
import io.pulsehook.dispatch.handler.HandlerSettings;

/**
 * Finds each handler's settings by its bean name. Case and dashes are ignored, since the
 * name of an environment variable can express neither.
 */
final class HandlerConfiguration {

	private static final Log logger = LogFactory.getLog(HandlerConfiguration.class);

	private final HandlerSettings defaults;

	private final Map<String, HandlerOverrides> overrides;

	HandlerConfiguration(PulsehookProperties properties) {
		this.defaults = properties.defaults();
		this.overrides = properties.handlers();
	}

	HandlerSettings of(String handler) {
		return this.overrides.entrySet()
			.stream()
			.filter((entry) -> canonical(entry.getKey()).equals(canonical(handler)))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(HandlerOverrides.NONE)
			.over(this.defaults);
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
