package io.pulsehook.autoconfigure.sendpulse;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when an account of SendPulse is configured.
 */
final class OnAccountCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("SendPulse account");
		return new ConfiguredAccounts(context.getEnvironment()).all().isEmpty()
				? ConditionOutcome.noMatch(message.because("neither " + ConfiguredAccounts.COMMON
						+ ".client-id and .client-secret nor " + ConfiguredAccounts.COMMON + ".api-key are set"))
				: ConditionOutcome.match(message.because("its login is set"));
	}

}
