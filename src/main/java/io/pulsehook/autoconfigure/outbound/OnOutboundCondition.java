package io.pulsehook.autoconfigure.outbound;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Decides whether the property of {@link ConditionalOnOutbound} is set.
 */
final class OnOutboundCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String property = metadata.getAnnotations().get(ConditionalOnOutbound.class).getString("value");
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnOutbound.class, property);
		return Outbound.isSet(context.getEnvironment(), property) ? ConditionOutcome.match(message.because("it is set"))
				: ConditionOutcome.noMatch(message.because("it is not set, or not by the test that runs"));
	}

}
