package io.pulsehook.autoconfigure.failure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.pulsehook.dispatch.handler.HandlerFilterException;

/**
 * Explains what a handler's filter can ask.
 */
final class HandlerFilterFailureAnalyzer extends AbstractFailureAnalyzer<HandlerFilterException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HandlerFilterException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
