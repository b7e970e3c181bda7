package io.pulsehook.autoconfigure.failure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.pulsehook.dispatch.handler.HandlerTypeException;

/**
 * Explains what a handler has to declare.
 */
final class HandlerTypeFailureAnalyzer extends AbstractFailureAnalyzer<HandlerTypeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HandlerTypeException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
