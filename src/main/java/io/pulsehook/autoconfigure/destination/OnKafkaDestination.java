package io.pulsehook.autoconfigure.destination;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.pulsehook.autoconfigure.outbound.Outbound;
import io.pulsehook.destination.DestinationSettings;

/**
 * Matches if one of the destinations writes to Kafka.
 */
final class OnKafkaDestination implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Binder binder = Outbound.binder(context.getEnvironment());
		try {
			return binder.bind(DestinationProperties.PREFIX, Bindable.mapOf(String.class, Kind.class))
				.orElseGet(Map::of)
				.values()
				.stream()
				.anyMatch((kind) -> kind.kafka() != null);
		}
		catch (BindException ex) {
			// This exception quotes the value, which may be secret. When all destinations
			// are read, the start ends with one that does not.
			return false;
		}
	}

	/**
	 * The one part of a destination's settings that is asked for. Whether the others can
	 * be used is checked when all are read.
	 *
	 * @param kafka the topic, or {@code null} if it is another kind of destination
	 */
	record Kind(DestinationSettings.@Nullable Kafka kafka) {

	}

}
