package io.pulsehook.autoconfigure.check;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;

import io.pulsehook.alerts.AlertSettings;
import io.pulsehook.autoconfigure.HandlerOverrides;
import io.pulsehook.destination.DestinationSettings;
import io.pulsehook.failure.Nearest;

/**
 * Warns of each property below {@code pulsehook} that nothing reads: a misspelt one would
 * otherwise silently have no effect. Values are never logged, since they may be secret.
 */
public final class UnknownProperties {

	private static final Log logger = LogFactory.getLog(UnknownProperties.class);

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("pulsehook");

	/**
	 * The properties that are not bound to a bean, because a command of the service reads
	 * them itself.
	 */
	private static final Set<String> OF_COMMANDS = Set.of("pulsehook.user", "pulsehook.password");

	/**
	 * The variables that Kubernetes sets in each container if a service has this name.
	 */
	private static final Pattern OF_KUBERNETES = Pattern.compile(
			"pulsehook(\\..+)?\\.(service\\.host|service\\.port(\\..+)?|port(\\.(tcp|udp|sctp)(\\.(proto|port|addr))?)?)");

	private final List<KnownProperty> known;

	private UnknownProperties(List<KnownProperty> known) {
		this.known = known;
	}

	/**
	 * Creates a check that knows the properties which the beans of an application read.
	 * @param context the application
	 * @return the check
	 */
	public static UnknownProperties in(ApplicationContext context) {
		Stream<KnownProperty> bound = Stream.of(context.getBeanNamesForAnnotation(ConfigurationProperties.class))
			.flatMap((name) -> readBy(context, name));
		// These are read only where there are alarms, but a typo is always a typo.
		Stream<KnownProperty> alerts = KnownProperty
			.of("pulsehook.alerts", ResolvableType.forClass(AlertSettings.class))
			.stream();
		Stream<KnownProperty> destinations = Stream.of(DestinationSettings.class, HandlerOverrides.class)
			.flatMap((type) -> KnownProperty.of("pulsehook.destinations.*", ResolvableType.forClass(type)).stream());
		return new UnknownProperties(Stream.of(bound, alerts, destinations)
			.flatMap(Function.identity())
			.filter((property) -> property.elements().get(0).equals(PREFIX.toString()))
			.distinct()
			.toList());
	}

	// Finds the properties that a bean reads by its type alone, so that a lazy bean of
	// the application is not created for it.
	private static Stream<KnownProperty> readBy(ApplicationContext context, String bean) {
		ConfigurationProperties annotation = context.findAnnotationOnBean(bean, ConfigurationProperties.class, false);
		Class<?> type = context.getType(bean, false);
		return (annotation != null && type != null)
				? KnownProperty.of(annotation.prefix(), ResolvableType.forClass(type)).stream() : Stream.empty();
	}

	/**
	 * Warns of the properties that none of them reads.
	 * @param environment the configuration of the application
	 */
	public void warn(ConfigurableEnvironment environment) {
		UsedProperty.below(PREFIX, environment)
			.filter((used) -> !used.fromEnvironment() || !belongsToOthers(used))
			.filter((used) -> this.known.stream().noneMatch((property) -> property.matches(used)))
			.collect(Collectors.toMap(UsedProperty::name, (used) -> used, (one, other) -> one, TreeMap::new))
			.values()
			.forEach((used) -> logger.warn(describe(used)));
	}

	private static boolean belongsToOthers(UsedProperty used) {
		String name = String.join(".", used.elements());
		return OF_COMMANDS.contains(name) || OF_KUBERNETES.matcher(name).matches();
	}

	private String describe(UsedProperty used) {
		return "The property " + used.name() + " does nothing, because nothing reads it"
				+ ((used.origin() != null) ? " (" + used.origin() + ")" : "") + ". "
				+ Nearest
					.to(letters(used.name().toString()), this.known.stream().map((property) -> property.nameFor(used)),
							UnknownProperties::letters)
					.map((name) -> "Did you mean '" + name + "'?")
					.orElse("Remove it, or look its name up in the documentation.");
	}

	// Returns the letters by which names are compared: without dashes, and without the
	// prefix that all names have in common.
	private static String letters(String name) {
		return Nearest.letters(name.substring(PREFIX.toString().length()));
	}

}
