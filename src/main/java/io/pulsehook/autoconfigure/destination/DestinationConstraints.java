package io.pulsehook.autoconfigure.destination;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.validation.MessageInterpolatorFactory;

/**
 * Checks the limits of single properties of destinations.
 */
final class DestinationConstraints {

	private final Validator validator = Validation.byDefaultProvider()
		.configure()
		.messageInterpolator(new MessageInterpolatorFactory().getObject())
		.buildValidatorFactory()
		.getValidator();

	/**
	 * Checks what is configured.
	 * @param byName what was bound, by the names of the destinations
	 * @throws DestinationPropertyException if a value is beyond its limits
	 */
	void check(Map<String, ?> byName) {
		byName.forEach((name, bound) -> this.validator.validate(bound).stream().findFirst().ifPresent((violation) -> {
			throw DestinationPropertyException.violating(property(name, violation), violation.getInvalidValue(),
					violation.getMessage());
		}));
	}

	private static ConfigurationPropertyName property(String name, ConstraintViolation<?> violation) {
		String path = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
			.filter((node) -> node.getKind() == ElementKind.PROPERTY)
			.map(Path.Node::getName)
			.map(DataObjectPropertyName::toDashedForm)
			.collect(Collectors.joining("."));
		return DestinationProperties.PREFIX.append(name).append(path);
	}

}
