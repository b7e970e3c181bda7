package io.pulsehook.autoconfigure.destination;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.NestedExceptionUtils;

import io.pulsehook.dispatch.handler.HandlerSettingsException;

/**
 * Thrown at the start when a property of a destination cannot be used. It has no cause,
 * because the messages of causes quote values, and some values are secret.
 */
final class DestinationPropertyException extends HandlerSettingsException {

	private static final int NAME = DestinationProperties.PREFIX.getNumberOfElements();

	private static final Set<String> SECRET = Set.of("url", "secret", "headers", "slack");

	// One that is set has been replaced by its value.
	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}:]+}");

	private DestinationPropertyException(String subject, String problem, String property) {
		super(subject + " cannot be used: " + problem, "Correct " + property + ".", null);
	}

	/**
	 * Creates the exception for a destination whose settings contradict each other.
	 * @param name the destination's name
	 * @param problem what is wrong, in a sentence that begins with a property of it
	 * @return the exception
	 */
	static DestinationPropertyException of(String name, String problem) {
		return new DestinationPropertyException("Destination '" + name + "'", problem,
				DestinationProperties.PREFIX + "." + name + ".*");
	}

	/**
	 * Creates the exception for a value that has a wrong form.
	 * @param failure why it could not be read
	 * @return the exception
	 */
	static DestinationPropertyException unreadable(BindException failure) {
		ConfigurationPropertyName property = failure.getName();
		ConfigurationProperty found = failure.getProperty();
		return new DestinationPropertyException(subject(property),
				property + (isSecret(property) ? "" : " is '" + value(failure) + "', which") + " " + reason(failure),
				property + origin(found));
	}

	/**
	 * Creates the exception for a value that is beyond its limits.
	 * @param property the property
	 * @param value its value, or {@code null} if it has none
	 * @param constraint what it has to be, such as "must not be blank"
	 * @return the exception
	 */
	static DestinationPropertyException violating(ConfigurationPropertyName property, @Nullable Object value,
			String constraint) {
		String shown = (isSecret(property) || value == null) ? "" : " is " + value + ", but";
		return new DestinationPropertyException(subject(property), property + shown + " " + constraint + ".",
				property.toString());
	}

	private static String subject(ConfigurationPropertyName property) {
		return (property.getNumberOfElements() > NAME)
				? "Destination '" + property.getElement(NAME, Form.ORIGINAL) + "'" : "The list of destinations";
	}

	private static String value(BindException failure) {
		return (failure.getProperty() != null) ? String.valueOf(failure.getProperty().getValue()) : "";
	}

	private static String origin(@Nullable ConfigurationProperty found) {
		return (found != null && found.getOrigin() != null) ? " (" + found.getOrigin() + ")" : "";
	}

	private static String reason(BindException failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		Matcher placeholder = PLACEHOLDER.matcher(value(failure));
		if (placeholder.find()) {
			return "refers to " + placeholder.group() + ", which is not set.";
		}
		Class<?> type = failure.getTarget().getType().resolve(Object.class);
		if (type.isEnum()) {
			return "must be one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining(", ")) + ".";
		}
		String message = isSecret(failure.getName()) ? null : cause.getMessage();
		return "cannot be read as " + type.getSimpleName()
				+ ((message != null) ? ": " + message.replaceFirst("\\.$", "") : "") + ".";
	}

	// A value that lies where only names do can be anything.
	private static boolean isSecret(ConfigurationPropertyName property) {
		if (property.getNumberOfElements() <= NAME + 1) {
			return true;
		}
		String setting = property.getElement(NAME + 1, Form.UNIFORM);
		return SECRET.contains(setting)
				|| setting.equals("telegram") && !property.getLastElement(Form.UNIFORM).equals("chat");
	}

}
