package io.pulsehook.autoconfigure.destination;

import java.util.List;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.pulsehook.destination.ConfiguredDestination;
import io.pulsehook.destination.DestinationFactory;
import io.pulsehook.destination.DestinationKind;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.destination.EventTypes;
import io.pulsehook.dispatch.handler.Destination;
import io.pulsehook.dispatch.handler.HandlerSettingsException;
import io.pulsehook.event.Event;

/**
 * Makes destinations of what is configured.
 */
final class DestinationAssembly {

	private static final Log logger = LogFactory.getLog(DestinationAssembly.class);

	private final DestinationProperties properties;

	private final List<DestinationFactory> factories;

	DestinationAssembly(DestinationProperties properties, List<DestinationFactory> factories) {
		this.properties = properties;
		this.factories = factories;
	}

	/**
	 * Makes a destination.
	 * @param name its name
	 * @return the destination
	 * @throws HandlerSettingsException if its settings cannot be used
	 */
	ConfiguredDestination create(String name) {
		DestinationSettings settings = this.properties.settings().get(name);
		if (settings == null) {
			throw DestinationPropertyException.of(name,
					"it has none of url, telegram, slack and kafka, but has to have exactly one. Check how its properties "
							+ "are spelt: in an environment variable, an underscore ends the name.");
		}
		try {
			return create(name, settings);
		}
		catch (IllegalArgumentException ex) {
			throw DestinationPropertyException.of(name, String.valueOf(ex.getMessage()));
		}
	}

	private ConfiguredDestination create(String name, DestinationSettings settings) {
		DestinationKind kind = SettingsOfKinds.check(settings);
		Set<Class<? extends Event>> types = EventTypes.named(settings.types());
		Destination destination = factory(name, kind, settings).create(name, settings, this.properties.timeout(name));
		if (kind == DestinationKind.HTTP && settings.secret().isEmpty()) {
			logger.info(
					"Destination '" + name + "' has no secret, so that it cannot tell whether a post comes from here. "
							+ "Set pulsehook.destinations." + name + ".secret to have posts signed.");
		}
		return new ConfiguredDestination(name, kind, kind.target(settings), destination, types);
	}

	private DestinationFactory factory(String name, DestinationKind kind, DestinationSettings settings) {
		return this.factories.stream()
			.filter((factory) -> factory.supports(settings))
			.findFirst()
			.orElseThrow(() -> missing(name, kind));
	}

	private static HandlerSettingsException missing(String name, DestinationKind kind) {
		String problem = "Destination '%s' passes events on to %s, but nothing on the class path can do so."
			.formatted(name, kind.value());
		String action = (kind == DestinationKind.KAFKA)
				? "Add this to the dependencies of the application, or remove the destination:\n<dependency>\n\t"
						+ "<groupId>org.springframework.boot</groupId>\n\t"
						+ "<artifactId>spring-boot-starter-kafka</artifactId>\n</dependency>"
				: "Remove the destination.";
		return new HandlerSettingsException(problem, action, null);
	}

}
