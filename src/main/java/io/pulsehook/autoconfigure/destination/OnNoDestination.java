package io.pulsehook.autoconfigure.destination;

import java.util.stream.StreamSupport;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.pulsehook.autoconfigure.outbound.Outbound;

/**
 * Matches where events are passed on to no destination.
 */
public final class OnNoDestination extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("No destination");
		boolean found = StreamSupport.stream(Outbound.sources(context.getEnvironment()).spliterator(), false)
			.anyMatch((source) -> source
				.containsDescendantOf(DestinationProperties.PREFIX) == ConfigurationPropertyState.PRESENT);
		return found
				? ConditionOutcome.noMatch(message.foundExactly("properties below " + DestinationProperties.PREFIX))
				: ConditionOutcome.match(message.didNotFind("properties").items(DestinationProperties.PREFIX));
	}

}
