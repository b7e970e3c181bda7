package io.pulsehook.autoconfigure.failure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.pulsehook.dispatch.handler.HandlerSettingsException;

/**
 * Explains which setting of a handler to change.
 */
final class HandlerSettingsFailureAnalyzer extends AbstractFailureAnalyzer<HandlerSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HandlerSettingsException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
