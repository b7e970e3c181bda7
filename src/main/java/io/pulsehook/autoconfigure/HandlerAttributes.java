package io.pulsehook.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.ObjectUtils;

import io.pulsehook.Handler;
import io.pulsehook.dispatch.handler.HandlerSettingsException;

/**
 * The attributes that a handler's annotation gives. They are read as if they were
 * properties, so that both are written alike and have the same limits.
 */
final class HandlerAttributes {

	private static final String PREFIX = "handler";

	private static final String FILTER = "filter";

	private final String handler;

	private final Map<String, Object> given;

	/**
	 * Creates the attributes.
	 * @param handler the bean's name
	 * @param annotation its annotation
	 */
	HandlerAttributes(String handler, Handler annotation) {
		this.handler = handler;
		this.given = MergedAnnotation.from(annotation).filterDefaultValues().asMap();
	}

	/**
	 * Reads the attributes.
	 * @param validator checks their limits
	 * @return the settings; those that are not given are {@code null}
	 * @throws HandlerSettingsException if one cannot be used
	 */
	HandlerOverrides read(Validator validator) {
		HandlerOverrides overrides = bind();
		validator.validate(overrides).stream().findFirst().ifPresent((violation) -> {
			throw unusable(attribute(violation), violation.getMessage(), null);
		});
		return overrides;
	}

	private HandlerOverrides bind() {
		MapConfigurationPropertySource properties = new MapConfigurationPropertySource();
		this.given.forEach((attribute, value) -> {
			if (attribute.equals(FILTER)) {
				patterns((String[]) value)
					.forEach((key, patterns) -> properties.put(PREFIX + "." + FILTER + "[" + key + "]", patterns));
			}
			else {
				properties.put(PREFIX + "." + DataObjectPropertyName.toDashedForm(attribute),
						(value instanceof Enum<?> constant) ? constant.name() : value);
			}
		});
		try {
			return new Binder(properties).bind(PREFIX, Bindable.of(HandlerOverrides.class))
				.orElse(HandlerOverrides.NONE);
		}
		catch (BindException ex) {
			throw unusable(attribute(ex), NestedExceptionUtils.getMostSpecificCause(ex).getMessage(), ex);
		}
	}

	private Map<String, List<String>> patterns(String[] filter) {
		Map<String, List<String>> patterns = new LinkedHashMap<>();
		for (String text : filter) {
			String[] parts = text.split("=", 2);
			if (parts.length < 2 || parts[0].isBlank()) {
				throw unusable(FILTER, "'" + text + "' is no key and pattern such as title=Reserved*", null);
			}
			patterns.computeIfAbsent(parts[0].strip(), (key) -> new ArrayList<>()).add(parts[1].strip());
		}
		return patterns;
	}

	private String attribute(BindException failure) {
		return this.given.keySet()
			.stream()
			.filter((name) -> DataObjectPropertyName.toDashedForm(name)
				.equals(failure.getName().getElement(1, Form.DASHED)))
			.findFirst()
			.orElseThrow(() -> failure);
	}

	private static String attribute(ConstraintViolation<?> violation) {
		return violation.getPropertyPath().iterator().next().getName();
	}

	private HandlerSettingsException unusable(String attribute, @Nullable String reason, @Nullable Exception cause) {
		return new HandlerSettingsException(
				"Handler '%s' has @Handler(%s = %s), which cannot be used: %s.".formatted(this.handler, attribute,
						ObjectUtils.nullSafeToString(this.given.get(attribute)),
						String.valueOf(reason).replaceFirst("\\.$", "")),
				"Correct the attribute '%s' in the annotation of handler '%s'. docs/handlers.md has the values that each can have."
					.formatted(attribute, this.handler),
				cause);
	}

}
