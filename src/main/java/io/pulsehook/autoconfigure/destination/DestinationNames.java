package io.pulsehook.autoconfigure.destination;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

import io.pulsehook.dispatch.handler.HandlerSettingsException;
import io.pulsehook.failure.Nearest;

/**
 * Finds the names of the destinations, and checks how they are spelt. Of two that differ
 * only in what environment variables cannot write, one would be overlooked, and nothing
 * sent to it.
 */
final class DestinationNames {

	private static final int NAME = DestinationProperties.PREFIX.getNumberOfElements();

	private final SortedMap<String, ConfigurationPropertyName> all = new TreeMap<>();

	/**
	 * Finds the names.
	 * @param sources the properties
	 * @return the prefix of each destination's properties, by its name in lower case and
	 * without dashes
	 * @throws HandlerSettingsException if a name cannot be used
	 */
	SortedMap<String, ConfigurationPropertyName> in(Iterable<ConfigurationPropertySource> sources) {
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				Map<String, ConfigurationPropertyName> ofSource = new HashMap<>();
				names(iterable).forEach((name) -> check(name, ofSource));
			}
		}
		return this.all;
	}

	private static Stream<ConfigurationPropertyName> names(IterableConfigurationPropertySource source) {
		return source.stream()
			.filter(DestinationProperties.PREFIX::isAncestorOf)
			.map((property) -> property.chop(NAME + 1));
	}

	// Another source may spell a name otherwise, as the environment has to, where it
	// changes the same destination.
	private void check(ConfigurationPropertyName name, Map<String, ConfigurationPropertyName> ofSource) {
		String letters = Nearest.letters(text(name));
		if (letters.isEmpty()) {
			throw new HandlerSettingsException(
					"The destination '" + text(name) + "' has no letter or digit in its name.",
					"Rename " + name + " to lower case letters and digits.", null);
		}
		ConfigurationPropertyName twin = ofSource.putIfAbsent(letters, name);
		if (twin != null && !text(twin).equals(text(name))) {
			throw clash(twin, name, letters);
		}
		// Only without its dashes, all spellings of a name in the environment are found.
		ConfigurationPropertyName plain = DestinationProperties.PREFIX.append(letters);
		ConfigurationPropertyName other = this.all.putIfAbsent(letters, name.equals(plain) ? plain : name);
		if (other != null && !other.equals(name)) {
			throw clash(other, name, letters);
		}
	}

	private static HandlerSettingsException clash(ConfigurationPropertyName one, ConfigurationPropertyName other,
			String letters) {
		return new HandlerSettingsException(
				"The destinations '%s' and '%s' are both named '%s', because case and dashes do not count."
					.formatted(text(one), text(other), letters),
				"Rename one of them, or write all properties of the destination below one name.", null);
	}

	private static String text(ConfigurationPropertyName name) {
		return name.getElement(NAME, Form.ORIGINAL);
	}

}
