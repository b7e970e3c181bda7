package io.pulsehook.autoconfigure.check;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A property that somebody set, without its value.
 *
 * @param name its name
 * @param fromEnvironment whether it is an environment variable, where dashes may have
 * become underscores
 * @param origin where it was set, or {@code null} if that is not known
 */
record UsedProperty(ConfigurationPropertyName name, boolean fromEnvironment, @Nullable Origin origin) {

	/**
	 * Lists all properties below a prefix.
	 * @param prefix the prefix
	 * @param environment the environment
	 * @return the properties of all sources; one that is set in two sources is listed
	 * twice
	 */
	static Stream<UsedProperty> below(ConfigurationPropertyName prefix, ConfigurableEnvironment environment) {
		return StreamSupport
			.stream(ConfigurationPropertySources.from(environment.getPropertySources()).spliterator(), false)
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.map(IterableConfigurationPropertySource.class::cast)
			.flatMap((source) -> source.stream().filter(prefix::isAncestorOf).map((name) -> in(source, name)));
	}

	private static UsedProperty in(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return new UsedProperty(name, source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource,
				(property != null) ? property.getOrigin() : null);
	}

	/**
	 * Returns the parts of the name in lower case, without dashes and indices.
	 * @return the parts
	 */
	List<String> elements() {
		return elements(Form.UNIFORM);
	}

	List<String> elements(Form form) {
		return IntStream.range(0, this.name.getNumberOfElements())
			.filter((i) -> !this.name.isNumericIndex(i))
			.mapToObj((i) -> this.name.getElement(i, form))
			.toList();
	}

}
